// The page's side of the self-test: which cases there are, and a worker of its own, which can be stopped at any moment.
import { createEngineWorker, type WorkerLike } from "./client";
import type { SelfTestCase, SelfTestMessage, SelfTestRequest } from "./selfTestProtocol";

/** Without a sign of life for this long the backend counts as hanging; the slowest case takes half a minute on emulated cards. */
const longestSilence = 180_000;

const files = import.meta.glob(["../golden/cases/*.json", "!../golden/cases/index.json"], {
  query: "?url&no-inline",
  import: "default",
  eager: true,
}) as Record<string, string>;

/** All reference files that are shipped with the page, by name. They are fetched when they are run. */
export const selfTestCases: readonly SelfTestCase[] = Object.entries(files)
  .map(([path, address]) => ({
    name: path.replace(/^.*\//, "").replace(/\.json$/, ""),
    address,
  }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/**
 * Runs the cases of a request in a fresh worker. @param listener hears of every result; after "done" or "failed" nothing more comes.
 * @returns stops at once, in the middle of a case if need be
 */
export function startSelfTest(
  request: SelfTestRequest,
  listener: (message: SelfTestMessage) => void,
  createWorker: () => WorkerLike = createEngineWorker,
): () => void {
  const worker = createWorker();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
  };
  const fail = (message: string) => {
    stop();
    listener({ event: "failed", message });
  };
  const watch = () => {
    clearTimeout(timer);
    const words = `No answer for ${longestSilence / 60_000} minutes: the backend seems to hang.`;
    timer = setTimeout(() => fail(words), longestSilence);
  };
  worker.onmessage = ({ data }) => {
    const message: SelfTestMessage =
      data.event === "failure" ? { event: "failed", message: data.error.message } : data;
    if (message.event === "done" || message.event === "failed") stop();
    else watch();
    listener(message);
  };
  worker.onerror = (event) =>
    fail(event.message || "The self-test's script could not be loaded or run.");
  watch();
  worker.postMessage(request);
  return stop;
}
