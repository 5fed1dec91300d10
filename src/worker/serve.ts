// What the worker does with messages: calls are answered by its engine, events are posted as they come.
import { publicAddress } from "../data";
import { backendNames } from "../training/backends/backend";
import { Engine } from "./engine";
import { describeError } from "./errors";
import type { RequestMessage } from "./protocol";
import type { SelfTestRequest } from "./selfTestProtocol";
import { buffersOf } from "./transfer";

/** A round trip through the message queue: lets waiting requests in, without the delay of timers. */
function makeBreathe(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}

const engine = new Engine({
  post: (event) => postMessage(event, buffersOf(event)),
  now: () => performance.now(),
  breathe: makeBreathe(),
  rest: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  available: backendNames,
  // Fixed when the page is built: no link can make it load from elsewhere.
  publicAddress: import.meta.env.VITE_PUBLIC_DATASETS || publicAddress,
});

/** Answers one message of the page. */
export async function serve({
  data,
}: MessageEvent<RequestMessage | SelfTestRequest>): Promise<void> {
  if ("cases" in data) {
    const { runSelfTest } = await import("./selfTest");
    return runSelfTest(data, (message) => postMessage(message));
  }
  const { id, call, request } = data;
  try {
    postMessage({ id, reply: await engine.answer(call, request as never) });
  } catch (error) {
    postMessage({ id, error: describeError(error) });
  }
}

self.addEventListener("unhandledrejection", (event) => {
  postMessage({ event: "failure", error: describeError(event.reason) });
});
