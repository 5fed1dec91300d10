// Reference cases on WASM where the browser's WebAssembly has no vectors: our own functions step aside, the figures stay right.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { setUpBackend } from "../training/backends";
import { tf } from "../training/tensors";
import { wasmFolder } from "../training/testing";
import { runGoldenCase } from "./run";

const folder = join(import.meta.dirname, "cases");
const files = readdirSync(folder).filter((name) =>
  /^(adamw_kernels|batchnorm1d|cnn.*|dropout_masks|layernorm|rmsnorm|sgd_l1_prox|sgd_group_lasso_prox|ema|grad_clip)\.json$/.test(
    name,
  ),
);

/** Has the prefix of vector instructions. Only asked of small modules: the library's have no such bytes to stumble on. */
const hasVectors = (bytes: BufferSource) => Buffer.from(bytes as ArrayBuffer).includes(0xfd);
const compiled = vi.fn();

beforeAll(async () => {
  const lacking = Object.create(WebAssembly, {
    validate: {
      value: (bytes: BufferSource) => !hasVectors(bytes) && WebAssembly.validate(bytes),
    },
    Module: {
      value: new Proxy(WebAssembly.Module, {
        construct: (Module, [bytes]) => {
          if (!hasVectors(bytes)) return new Module(bytes);
          compiled();
          throw new WebAssembly.CompileError("Wasm SIMD unsupported");
        },
      }),
    },
  });
  vi.stubGlobal("WebAssembly", lacking);
  const { device, notes } = await setUpBackend("wasm", { wasmFolder });
  expect(device).toBeNull();
  expect(notes).toEqual([
    expect.stringMatching(/^One thread: /),
    "Without SIMD, so slower: this browser's WebAssembly has no vector instructions.",
  ]);
});
afterAll(() => vi.unstubAllGlobals());

it.each(files)("%s", async (file) => {
  const content = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const { outcome, detail, error, limit } = await runGoldenCase(file, content, "wasm");
  expect(outcome, `${detail}: ${error}, limit ${limit}`).toBe("pass");
  expect(tf.getBackend()).toBe("wasm");
  expect(compiled).not.toHaveBeenCalled();
});

it("there are convolutions and normalizations among them", () => {
  expect(files.length).toBeGreaterThan(10);
  expect(files).toContain("cnn.json");
});
