// Threads are asked for only where they can work; that they compute what one thread does is tested in a browser (e2e/threads.spec.ts).
import { describe, expect, it } from "vitest";
import { whyOneThread } from "./threads";

/** A worker that behaves as told. */
const workerThat = (behaves: "answers" | "fails" | "throws") =>
  class {
    onmessage: (() => void) | null = null;
    onerror: (() => void) | null = null;
    constructor() {
      if (behaves === "throws") throw new Error("forbidden");
      queueMicrotask(() => (behaves === "answers" ? this.onmessage?.() : this.onerror?.()));
    }
    terminate() {}
  } as unknown as new () => Worker;

const cores = (hardwareConcurrency: number) => ({ hardwareConcurrency });

/** A browser in which threads work. */
const able = {
  crossOriginIsolated: true,
  navigator: cores(8),
  WebAssembly,
  SharedArrayBuffer,
  Worker: workerThat("answers"),
};

/** WebAssembly whose memories come out as told; whoever asks for the library's size gets that. */
const memories = (make: (wanted: WebAssembly.MemoryDescriptor) => WebAssembly.Memory) => ({
  Memory: new Proxy(WebAssembly.Memory, { construct: (_target, [wanted]) => make(wanted) }),
});

describe("threads", () => {
  it("are used where memory is shared, workers start and cores are left", async () => {
    expect(await whyOneThread(able)).toBeNull();
  });

  it("are tried with as much memory as the library takes", async () => {
    const asked: WebAssembly.MemoryDescriptor[] = [];
    const watching = memories((wanted) => {
      asked.push(wanted);
      return new WebAssembly.Memory(wanted);
    });
    expect(await whyOneThread({ ...able, WebAssembly: watching })).toBeNull();
    expect(asked).toEqual([{ initial: 256, maximum: 65_536, shared: true }]);
  });

  it.each([
    ["the page is not isolated", { crossOriginIsolated: false }, "isolate"],
    ["there are two cores", { navigator: cores(2) }, "2 cores"],
    ["nothing is known of cores", { navigator: {} }, "1 core"],
    [
      "a large shared memory is refused",
      {
        WebAssembly: memories(() => {
          throw new RangeError("Out of memory");
        }),
      },
      "no memory that threads share",
    ],
    [
      "memory asked for as shared is not",
      { WebAssembly: memories(() => new WebAssembly.Memory({ initial: 1 })) },
      "no memory that threads share",
    ],
    [
      "there is no shared memory at all",
      { SharedArrayBuffer: undefined as never },
      "no memory that threads share",
    ],
    ["workers fail", { Worker: workerThat("fails") }, "start no threads"],
    ["workers are forbidden", { Worker: workerThat("throws") }, "start no threads"],
    ["there are no workers", { Worker: undefined as never }, "start no threads"],
  ])("are not used where %s, and that is said", async (_what, lacking, words) => {
    expect(await whyOneThread({ ...able, ...lacking })).toContain(words);
  });
});
