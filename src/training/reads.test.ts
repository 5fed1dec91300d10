// Reads from a graphics card, counted: in some browsers each one that is waited for takes 100 ms.
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Experiment } from "../experiment/schema";
import type { PanelName } from "./telemetry";
import { tf } from "./tensors";
import { experimentWith, makeTrainer, switchBackend } from "./testing";

/** How often a read was asked for while none was under way: so many were waited for one after the other. */
let waits = 0;
let reads = 0;
let open = 0;

/** Stands for a card: what is read comes later. */
function readLater() {
  const stock = tf.Tensor.prototype.data;
  return vi.spyOn(tf.Tensor.prototype, "data").mockImplementation(async function (this: tf.Tensor) {
    if (open === 0) waits++;
    open++;
    reads++;
    const values = stock.call(this);
    await new Promise((resolve) => setTimeout(resolve, 2));
    open--;
    return values as never;
  });
}

let spy: ReturnType<typeof readLater>;
// WASM records its steps as a card does, and so takes several between two answers.
beforeAll(() => switchBackend("wasm"));
beforeEach(() => {
  spy = readLater();
  [waits, reads, open] = [0, 0, 0];
});
afterEach(() => spy.mockRestore());

const moons = experimentWith(["data.trainSize", 60], ["optimizer.epochs", 200]);
const shapes = experimentWith(
  ["data.kind", "shapes"],
  ["data.trainSize", 40],
  ["data.validationSize", 20],
  ["data.mislabelled", 0.2],
  ["model.family", "cnn"],
  ["optimizer.batchSize", 20],
);

const cases: readonly (readonly [string, Experiment, readonly PanelName[]])[] = [
  ["on the plane", moons, ["boundary", "neurons", "weights", "report", "groups"]],
  [
    "on pictures",
    shapes,
    ["gallery", "report", "groups", "filters", "maps", "augmented", "weights"],
  ],
];

describe("frames", () => {
  it.each(cases)(
    "%s wait once, however many panels are visible",
    async (_what, experiment, panels) => {
      const { trainer, frames } = await makeTrainer(experiment, { readsAtOnce: false }, "wasm");
      [waits, reads] = [0, 0];
      await trainer.watch(panels, 8);
      const frame = frames.at(-1);
      for (const panel of panels) expect(frame?.[panel], panel).toBeTruthy();
      expect(reads).toBeGreaterThanOrEqual(panels.length);
      expect(waits).toBe(1);
      await trainer.dispose();
    },
  );
});

describe("training", () => {
  it("waits for far fewer reads than it takes steps or measures points", async () => {
    // Each wait takes 100 ms, a step next to nothing.
    let asked = 0;
    const now = () => 100 * waits + 0.01 * asked++;
    const options = { readsAtOnce: false };
    const { trainer, points, statuses } = await makeTrainer(moons, options, "wasm", null, now);
    await trainer.watch(["boundary"], 8);
    [waits, reads] = [0, 0];
    trainer.train();
    await trainer.finished();
    expect(statuses.at(-1)).toMatchObject({ state: "finished" });
    const { step } = trainer.status;
    expect(points.length).toBeGreaterThan(100);
    expect(waits).toBeLessThan(step / 4);
    expect(waits).toBeLessThan(points.length / 2);
    await trainer.dispose();
  });
});
