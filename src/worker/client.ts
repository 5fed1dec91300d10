// The page's side of the wall: calls with an answer or an error in bounded time, and events as they come.
import { EngineError } from "./engineError";
import type { CallName, Calls, EventMessage, ReplyMessage } from "./protocol";

export { EngineError } from "./engineError";

/** What a worker is to the client; tests hand in a small stand-in. */
export interface WorkerLike {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

/** Longest wait for an answer, in milliseconds. For start it counts from the last sign of progress. */
export const defaultTimeouts: Readonly<Record<CallName, number>> = {
  start: 60_000,
  inspect: 60_000,
  train: 20_000,
  pause: 30_000,
  advance: 600_000,
  reset: 30_000,
  change: 20_000,
  watch: 30_000,
  follow: 20_000,
  predict: 20_000,
  account: 20_000,
  find: 60_000,
  classGrid: 20_000,
  drift: 1_800_000,
  reveal: 300_000,
};

interface Waiting {
  readonly name: CallName;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: EngineError) => void;
  readonly timeout: number;
  timer: ReturnType<typeof setTimeout>;
}

/** A worker with the engine in it. One per run. */
export function createEngineWorker(): Worker {
  return new Worker(new URL("./engine.worker.ts", import.meta.url), {
    type: "module",
    name: "engine",
  });
}

export class EngineClient {
  private readonly worker: WorkerLike;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private ended: EngineError | null = null;

  /** @param listener receives every event until dispose. */
  constructor(
    createWorker: () => WorkerLike,
    private readonly listener: (event: EventMessage) => void,
  ) {
    this.worker = createWorker();
    this.worker.onmessage = ({ data }) => this.receive(data as ReplyMessage | EventMessage);
    this.worker.onerror = (event) =>
      this.lose(event.message || "its script could not be loaded or run");
    this.worker.onmessageerror = () => this.lose("a message could not be read");
  }

  /**
   * Asks the engine. @param timeoutMilliseconds longest wait; the default depends on the call.
   * @throws EngineError (as a rejection) from the engine, after the wait, or when the worker is lost.
   */
  call<Name extends CallName>(
    name: Name,
    request: Calls[Name]["request"],
    timeoutMilliseconds = defaultTimeouts[name],
  ): Promise<Calls[Name]["reply"]> {
    if (this.ended) return Promise.reject(this.ended);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        name,
        resolve: resolve as (reply: unknown) => void,
        reject,
        timeout: timeoutMilliseconds,
        timer: this.startTimer(id, name, timeoutMilliseconds),
      };
      this.waiting.set(id, waiting);
      this.worker.postMessage({ id, call: name, request });
    });
  }

  /** Ends the worker; open calls are rejected. */
  dispose(): void {
    this.end(new EngineError("worker-lost", "The run was closed."));
    this.worker.terminate();
  }

  private startTimer(
    id: number,
    name: CallName,
    milliseconds: number,
  ): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      const seconds = Math.round(milliseconds / 1000);
      this.settle(id, (waiting) =>
        waiting.reject(
          new EngineError(
            "timed-out",
            `The engine did not answer "${name}" within ${seconds} seconds.`,
          ),
        ),
      );
    }, milliseconds);
  }

  private receive(message: ReplyMessage | EventMessage): void {
    if (this.ended) return;
    if ("event" in message) {
      if (message.event === "progress") this.prolongStart();
      if (message.event === "failure" && message.error.kind === "worker-lost")
        this.end(new EngineError("worker-lost", message.error.message));
      this.listener(message);
    } else if ("error" in message) {
      const { kind, message: text } = message.error;
      this.settle(message.id, (waiting) => waiting.reject(new EngineError(kind, text)));
    } else {
      this.settle(message.id, (waiting) => waiting.resolve(message.reply));
    }
  }

  /** Loading large files takes its time; a sign of progress starts the wait anew. */
  private prolongStart(): void {
    for (const [id, waiting] of this.waiting) {
      if (waiting.name !== "start") continue;
      clearTimeout(waiting.timer);
      waiting.timer = this.startTimer(id, waiting.name, waiting.timeout);
    }
  }

  private settle(id: number, how: (waiting: Waiting) => void): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    clearTimeout(waiting.timer);
    how(waiting);
  }

  private lose(why: string): void {
    if (this.ended) return;
    const error = new EngineError("worker-lost", `The engine stopped: ${why}.`);
    this.end(error);
    this.listener({ event: "failure", error: { kind: error.kind, message: error.message } });
  }

  private end(error: EngineError): void {
    if (this.ended) return;
    this.ended = error;
    for (const id of [...this.waiting.keys()]) this.settle(id, (waiting) => waiting.reject(error));
  }
}
