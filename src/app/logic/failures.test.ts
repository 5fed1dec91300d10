// What browsers and libraries say never stands on the page as it is; each known cause has its words and a way that helps.
import { describe, expect, it } from "vitest";
import { describeError, EngineError } from "../../worker/errors";
import { explain, inWords } from "./failures";

const said = {
  "A part of the page could not be loaded.": [
    "Failed to fetch dynamically imported module: https://x.org/assets/webgl-1.js",
    "error loading dynamically imported module: https://x.org/assets/webgl-1.js",
    "Importing a module script failed.",
    "Unable to preload CSS for /assets/results-1.css",
    "The engine stopped: its script could not be loaded or run.",
    "Aborted(both async and sync fetching of the wasm failed)",
  ],
  "This device has no memory left for the experiment.": [
    "Out of memory",
    "out of memory",
    "Array buffer allocation failed",
    "Invalid typed array length: 4000000000",
    "invalid array length",
    "Invalid array length",
    "Length out of range of buffer",
    "allocation size overflow",
    "WebAssembly.Memory(): could not allocate memory",
    "Aborted(Cannot enlarge memory arrays)",
    "Requested allocation size (8589934592) is larger than the maximum",
    "Buffer size (5000000000) exceeds the max buffer size limit (2147483648).",
    "Uncaught RangeError: Array buffer allocation failed",
    "Not enough memory left in the device",
  ],
  "The graphics card stopped answering.": [
    "Failed to execute 'mapAsync' on 'GPUBuffer': [Device] is lost.",
    "Buffer was destroyed before mapping was resolved; mapAsync",
    "A valid external Instance reference no longer exists.",
    "Instance dropped in popErrorScope",
    "Device is lost.",
    "GPUDevice was lost: unknown",
    "WebGL context lost",
    "CONTEXT_LOST_WEBGL: loseContext: context lost",
    "Failed to compile fragment shader.",
    "Unable to create WebGLTexture.",
    "navigator.gpu is undefined",
    "undefined is not an object (evaluating 'navigator.gpu.requestAdapter')",
    "DXGI_ERROR_DEVICE_HUNG - D3D12 removed",
  ],
  "This backend lacks an operation that this experiment needs.": [
    "Kernel 'FusedConv2D' not registered for backend 'wasm'",
    "Backend name 'webgpu' not found in registry",
    "The highest priority backend 'webgl' has not yet been initialized.",
    "WASM backend not initialized.",
    "Initialization of backend webgpu failed",
  ],
  "WebAssembly does not work in this browser.": [
    "WebAssembly is not defined",
    "Can't find variable: WebAssembly",
    "CompileError: wasm validation error: at offset 4: failed to match magic number",
    "RuntimeError: memory access out of bounds",
    "RuntimeError: unreachable",
    "Out of bounds memory access (evaluating 'this.wasm.run')",
    "null function or function signature mismatch",
    "SharedArrayBuffer is not defined",
  ],
  "A file can no longer be read.": [
    "NotReadableError: The requested file could not be read, typically due to permission problems that have occurred after a reference to a file was acquired.",
    "NotReadableError: The I/O read operation failed.",
    "NotFoundError: A requested file or directory could not be found at the time an operation was processed.",
    "NotFoundError: The object can not be found here.",
  ],
  "This browser does not let the page keep files.": [
    "QuotaExceededError: The quota has been exceeded.",
    "SecurityError: The operation is insecure.",
    "Failed to execute 'transaction' on 'IDBDatabase': The database connection is closing.",
    "Failed to read the 'localStorage' property from 'Window': Access is denied for this document.",
  ],
  "The network did not answer.": [
    "Failed to fetch",
    "Load failed",
    "NetworkError when attempting to fetch resource.",
  ],
  "Something went wrong inside the page.": [
    "undefined is not an object (evaluating 'a.b')",
    "Cannot read properties of undefined (reading 'dataId')",
    'can\'t access property "shape", t is undefined',
    "Maximum call stack size exceeded",
    "too much recursion",
    "DataCloneError: The object could not be cloned.",
    "Argument 'x' passed to 'add' must be a Tensor or TensorLike",
    "Error in matMul: inner shapes (3) and (4) of Tensors must match.",
    "",
    "¯\\_(ツ)_/¯",
  ],
} as const;

const cases = Object.entries(said).flatMap(([text, messages]) =>
  messages.map((message) => [message, text] as const),
);

describe("what libraries say", () => {
  it.each(cases)("%s", (message, text) => {
    const explained = explain({ kind: "internal", message });
    expect(explained.text).toBe(text);
    expect(explained.advice).not.toBe("");
    expect(explained.details).toBe(message);
    for (const part of [explained.text, explained.advice]) {
      if (message !== "") expect(part).not.toContain(message);
    }
  });

  it.each(cases)("crosses the wall as no sentence of the engine's own: %s", (message) => {
    for (const error of [new Error(message), new RangeError(message), message]) {
      const described = describeError(error);
      // WebKit ends some of its range errors like sentences; none of them is one of ours in the list.
      if (!(error instanceof RangeError && /^[A-Z].*\.$/s.test(message))) {
        expect(described.kind).toBe("internal");
        expect(described.message).toContain(message);
      }
    }
  });

  it("in one line, with the name of the error where that says more", () => {
    const quota = Object.assign(new Error("full"), { name: "QuotaExceededError" });
    expect(inWords(quota)).toMatch(/^This browser does not let the page keep files\. /);
    expect(inWords("Load failed")).toMatch(/^The network did not answer\. Check/);
    expect(inWords(null)).toMatch(/^Something went wrong/);
  });
});

describe("the page's own words", () => {
  it("stay as they are", () => {
    const words = "Learning rate is 99: it must be a number from 1e-6 to 10.";
    expect(describeError(new RangeError(words))).toEqual({ kind: "bad-request", message: words });
    expect(explain({ kind: "bad-request", message: words })).toMatchObject({
      text: words,
      details: null,
    });
    expect(inWords(new EngineError("data-bad", "a.csv, line 3: expected 4 values, found 5."))).toBe(
      "a.csv, line 3: expected 4 values, found 5.",
    );
  });

  it.each([
    ["timed-out", 'The engine did not answer "train" within 20 seconds.', "does not answer"],
    ["worker-lost", "The engine stopped: Uncaught Error: x.", "broke off"],
    ["worker-lost", "The engine stopped: Uncaught RangeError: Out of memory.", "no memory left"],
    ["backend", "webgpu: undefined wasm: undefined cpu: null", "does not work on this device"],
    ["backend", "none", "does not work on this device"],
  ] as const)("%s: %s", (kind, message, words) => {
    const { text, remedy, details } = explain({ kind, message });
    expect(text).toContain(words);
    expect(remedy).not.toBeNull();
    expect(details).toBe(message);
  });
});
