// Whether WASM may compute with several threads here: that takes shared memory, workers inside this one, and cores to spare.

/** With fewer cores the library would use a single thread, and the page needs one itself. */
const fewestCores = 4;
const patienceMilliseconds = 2000;

interface Surroundings {
  readonly crossOriginIsolated?: boolean;
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

/** True where threads work and are worth it. Pages get shared memory only from hosts that isolate them (COOP and COEP headers). */
export async function canUseThreads(
  { crossOriginIsolated, navigator, Worker: make }: Surroundings = globalThis as Surroundings,
): Promise<boolean> {
  if (!crossOriginIsolated || !make) return false;
  if ((navigator?.hardwareConcurrency ?? 1) < fewestCores) return false;
  return startsWorkers(make);
}
