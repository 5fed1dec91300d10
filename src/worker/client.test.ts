// The wall's promise: every request has an answer or an error in bounded time.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EngineClient, type WorkerLike } from "./client";
import type { EventMessage } from "./protocol";

class StandInWorker implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  onmessageerror: WorkerLike["onmessageerror"] = null;
  readonly sent: { id: number; call: string }[] = [];
  terminated = false;
  postMessage(message: unknown): void {
    this.sent.push(message as { id: number; call: string });
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: unknown): void {
    this.onmessage?.({ data } as MessageEvent);
  }
}

function make() {
  const worker = new StandInWorker();
  const events: EventMessage[] = [];
  const client = new EngineClient(
    () => worker,
    (event) => events.push(event),
  );
  return { worker, events, client };
}

describe("the client", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("matches answers to calls, whatever their order", async () => {
    const { worker, client } = make();
    const [pause, train] = [client.call("pause", {}), client.call("train", {})];
    worker.say({ id: 2, reply: { state: "training", step: 0, epoch: 0 } });
    worker.say({ id: 1, reply: { state: "paused", step: 0, epoch: 0 } });
    expect((await pause).state).toBe("paused");
    expect((await train).state).toBe("training");
  });

  it("rejects with the engine's error", async () => {
    const { worker, client } = make();
    const call = client.call("pause", {});
    worker.say({ id: 1, error: { kind: "bad-request", message: "no" } });
    await expect(call).rejects.toMatchObject({ kind: "bad-request", message: "no" });
  });

  it("rejects after the wait, and progress prolongs only the start", async () => {
    const { worker, client } = make();
    const start = client.call("start", {} as never, 1000).catch((error) => error.kind);
    const pause = client.call("pause", {}, 1000).catch((error) => error.kind);
    await vi.advanceTimersByTimeAsync(900);
    worker.say({ event: "progress", what: "reading", fraction: 0.5 });
    await vi.advanceTimersByTimeAsync(900);
    expect(await pause).toBe("timed-out");
    await vi.advanceTimersByTimeAsync(200);
    expect(await start).toBe("timed-out");
  });

  it("rejects every open and later call when the worker is lost, and says so once", async () => {
    const { worker, events, client } = make();
    const call = client.call("train", {}).catch((error) => error.kind);
    worker.onerror?.({ message: "out of memory" } as ErrorEvent);
    worker.onerror?.({ message: "again" } as ErrorEvent);
    expect(await call).toBe("worker-lost");
    await expect(client.call("pause", {})).rejects.toMatchObject({ kind: "worker-lost" });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ event: "failure" });
  });

  it("ends the worker on dispose and hands on no more events", async () => {
    const { worker, events, client } = make();
    const call = client.call("train", {}).catch((error) => error.kind);
    client.dispose();
    expect(worker.terminated).toBe(true);
    expect(await call).toBe("worker-lost");
    worker.say({ event: "progress", what: "late", fraction: null });
    expect(events).toEqual([]);
  });
});
