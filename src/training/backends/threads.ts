// Whether WASM may compute with several threads here: that takes shared memory, workers inside this one, and cores to spare.

/** With fewer cores the library would use a single thread, and the page needs one itself. */
const fewestCores = 4;
const patienceMilliseconds = 2000;

/** The library's memory when it computes with threads, in pages of 64 KiB. */
const libraryMemory = { initial: 256, maximum: 65_536, shared: true } as const;

interface Surroundings {
  readonly crossOriginIsolated?: boolean;
  readonly WebAssembly?: Pick<typeof WebAssembly, "Memory">;
  readonly SharedArrayBuffer?: typeof SharedArrayBuffer;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly Worker?: new (address: string) => Worker;
}

/** Starts a worker from a text, as the library will do for its threads; some sites forbid that. */
function startsWorkers(make: NonNullable<Surroundings["Worker"]>): Promise<boolean> {
  return new Promise((resolve) => {
    const address = URL.createObjectURL(new Blob(["postMessage(0)"], { type: "text/javascript" }));
    const timer = setTimeout(() => end(false), patienceMilliseconds);
    let worker: Worker | null = null;
    const end = (works: boolean) => {
      clearTimeout(timer);
      worker?.terminate();
      URL.revokeObjectURL(address);
      resolve(works);
    };
    try {
      worker = new make(address);
      worker.onmessage = () => end(true);
      worker.onerror = () => end(false);
    } catch {
      end(false);
    }
  });
}

/** Some browsers isolate the page and still refuse a memory of this size, or any that is shared: only trying tells. */
function sharesMemory({ WebAssembly: offered, SharedArrayBuffer: shared }: Surroundings): boolean {
  if (!offered || !shared) return false;
  try {
    return new offered.Memory(libraryMemory).buffer instanceof shared;
  } catch {
    return false;
  }
}

/**
 * Why WASM computes with one thread here, in words for the page; null where several work and are worth it. Pages get
 * shared memory only from hosts that isolate them (COOP and COEP headers).
 */
export async function whyOneThread(
  surroundings: Surroundings = globalThis as Surroundings,
): Promise<string | null> {
  const { crossOriginIsolated, navigator, Worker: make } = surroundings;
  if (!crossOriginIsolated) {
    return "this site does not isolate the page, and without that browsers let no threads share memory";
  }
  const cores = navigator?.hardwareConcurrency ?? 1;
  if (cores < fewestCores) {
    return `this machine has ${cores} ${cores === 1 ? "core" : "cores"}, too few for threads beside the page`;
  }
  if (!sharesMemory(surroundings))
    return "this browser gives the page no memory that threads share";
  if (!make || !(await startsWorkers(make))) return "this browser lets the page start no threads";
  return null;
}
