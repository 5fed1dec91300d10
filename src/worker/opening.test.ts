// What is sent to a worker before its module has loaded is answered, in order; a module that cannot be loaded is said.
import { expect, test } from "vitest";
import { EngineClient, type WorkerLike } from "./client";
import { openWhenLoaded, type Served, type WorkerScope } from "./opening";
import type { EventMessage } from "./protocol";

const message = (data: unknown) => ({ data }) as MessageEvent;

/** A module that arrives when the test says so. */
function makeArrival() {
  let arrive: (module: Served) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const module = new Promise<Served>((resolve, reject) => {
    arrive = resolve;
    fail = reject;
  });
  return { load: () => module, arrive, fail };
}

function makeScope(): WorkerScope & { readonly posted: unknown[] } {
  const posted: unknown[] = [];
  return { onmessage: null, postMessage: (one) => void posted.push(one), posted };
}

test("messages that come before the module are kept, in order", async () => {
  const scope = makeScope();
  const served: unknown[] = [];
  const { load, arrive } = makeArrival();
  const opened = openWhenLoaded(scope, load);
  scope.onmessage?.(message(1));
  scope.onmessage?.(message(2));
  expect(served).toEqual([]);
  arrive({ serve: (event) => void served.push(event.data) });
  await opened;
  scope.onmessage?.(message(3));
  expect(served).toEqual([1, 2, 3]);
});

test("a module that cannot be loaded ends every call, in words", async () => {
  const scope = makeScope();
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage: (data) => scope.onmessage?.(message(data)),
    terminate() {},
  };
  scope.postMessage = (data) => worker.onmessage?.(message(data));
  const events: EventMessage[] = [];
  const { load, fail } = makeArrival();
  const opened = openWhenLoaded(scope, load);
  const client = new EngineClient(
    () => worker,
    (event) => events.push(event),
  );
  const call = client.call("pause", {});
  fail(new TypeError("Failed to fetch dynamically imported module: https://example.org/a.js"));
  await opened;
  await expect(call).rejects.toMatchObject({ kind: "worker-lost" });
  await expect(client.call("train", {})).rejects.toThrow(/could not be loaded.*reload the page/);
  expect(JSON.stringify(events)).not.toContain("Failed to fetch");
});
