// A worker's first moments: what is sent before its module has loaded is kept and answered in order.
import type { EventMessage } from "./protocol";

/** What a worker's module exports. */
export interface Served {
  serve(event: MessageEvent): void;
}

/** What this needs of a worker's global scope. */
export interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
}

const notLoaded =
  "A part of the engine could not be loaded. Check the network connection, then reload the page.";

/** Serves messages with the module that `load` brings, earlier ones first. A failed load is reported to the page. */
export async function openWhenLoaded(
  scope: WorkerScope,
  load: () => Promise<Served>,
): Promise<void> {
  const early: MessageEvent[] = [];
  scope.onmessage = (event) => early.push(event);
  try {
    const { serve } = await load();
    scope.onmessage = serve;
    for (const event of early) serve(event);
  } catch {
    scope.onmessage = null;
    const error = { kind: "worker-lost", message: notLoaded } as const;
    scope.postMessage({ event: "failure", error } satisfies EventMessage);
  }
}
