// Accuracy per group against networks whose answers are known, and which groups a data set has.
import { beforeAll, describe, expect, it } from "vitest";
import { makeDataset } from "../../data";
import { trueLabels } from "../../data/labels";
import type { Dataset, Examples } from "../../data/types";
import type { FieldValue } from "../../experiment/fields";
import type { FieldPath } from "../../experiment/schema";
import { dense } from "../layers";
import { makeNetwork } from "../network";
import type { Frame } from "../telemetry";
import { tf } from "../tensors";
import { experimentWith, makeTrainer, switchBackend } from "../testing";
import { groupingsOf } from "./groupings";
import { GroupsView } from "./groups";

beforeAll(() => switchBackend("cpu"));

/** One input, which is the class that the network below sees. */
function examples(inputs: number[], labels: number[], mislabelled?: number[]): Examples {
  return {
    count: inputs.length,
    inputs: Float32Array.from(inputs),
    labels: Int32Array.from(labels),
    targets: new Float32Array(0),
    mislabelled: Uint8Array.from(mislabelled ?? inputs.map(() => 0)),
  };
}

const seen = makeNetwork([dense("output", 1, 3)]);
/** Logits 0·x, 1·x − 0.5, 2·x − 2: the class is 0 for 0, 1 for 1, 2 for 2. */
const weights = { "output.weight": [0, 1, 2], "output.bias": [0, -0.5, -2] };
const valuesOf = (held: Readonly<Record<string, number[]>>) => ({
  parameters: seen.slots.map(({ name, shape }) => tf.tensor(held[name] ?? [], [...shape])),
  buffers: {},
});

const made: Dataset = {
  type: "classification",
  inputShape: [1],
  inputSize: 1,
  outputs: 3,
  classNames: ["a", "b", "c"],
  featureNames: [],
  scaling: { offset: Float32Array.of(0), factor: Float32Array.of(1) },
  columnGroups: [
    { name: "town", names: ["x", "y", "none"], validation: Int32Array.of(0, 1, 0, 1, 0, 1) },
  ],
  train: examples([0, 1, 2, 0, 1, 2, 0], [0, 1, 2, 0, 0, 1, 1], [0, 0, 0, 0, 1, 1, 1]),
  validation: examples([0, 1, 2, 1, 1, 0], [0, 1, 2, 2, 1, 1]),
  test: examples([], []),
};
const experiment = experimentWith(["data.kind", "ownTable"], ["data.answers", 3], ["seed", 7]);

describe("groups", () => {
  it.each(["cpu", "wasm"] as const)(
    "are counted with the answers of the network on %s",
    async (backend) => {
      await switchBackend(backend);
      const view = new GroupsView(seen, made, experiment);
      const values = valuesOf(weights);
      const before = tf.memory().numTensors;
      const figures = await view.figures(values);
      expect(tf.memory().numTensors).toBe(before);
      const { labels, mislabelled } = made.train;
      const truth = trueLabels(labels, mislabelled, 3, 7);
      const answers = [1, 2, 0];
      const truths = answers.filter((answer, at) => answer === truth[4 + at]).length;
      expect(figures).toEqual([
        // Right labels: all four. Wrong labels 0, 1, 1, while the network sees 1, 2, 0.
        { count: [4, 3], right: [4, 0], truly: [4, truths] },
        // Training has 0: three times, 1: three times, 2: once.
        { count: [1, 3, 2], right: [1, 2, 1], truly: null },
        { count: [3, 3, 0], right: [3, 1, 0], truly: null },
      ]);
      expect(truths).toBeGreaterThan(0);
      await switchBackend("cpu");
    },
  );

  it("are null where the weights have left the finite numbers", async () => {
    const values = valuesOf({ ...weights, "output.bias": [0, Number.NaN, 0] });
    expect(await new GroupsView(seen, made, experiment).figures(values)).toBeNull();
  });

  it("memorized labels show in training: repeated once the network has fitted them", async () => {
    const noisy = experimentWith(
      ["data.kind", "clusters"],
      ["data.classes", 4],
      ["data.noise", 0.1],
      ["data.trainSize", 24],
      ["data.mislabelled", 0.25],
      ["model.hiddenWidths", [64, 64]],
      ["optimizer.kind", "adam"],
      ["optimizer.learningRate", 1e-2],
      ["optimizer.epochs", 600],
    );
    const { trainer, frames } = await makeTrainer(noisy);
    const last = () => (frames.at(-1) as Frame).groups?.[0];
    for (let epoch = 0; epoch < 6; epoch++) await trainer.advance("epoch");
    await trainer.watch(["groups"], 8);
    const early = last();
    expect(early?.count).toEqual([18, 6]);
    expect(early?.truly?.[1]).toBeGreaterThanOrEqual(4);
    trainer.train();
    await trainer.finished();
    const late = last();
    expect(late?.right[1]).toBeGreaterThan(early?.right[1] as number);
    expect(late?.right[1]).toBeGreaterThanOrEqual(5);
    await trainer.dispose();
  });
});

describe("groupings", () => {
  const kinds = async (...settings: readonly (readonly [FieldPath, FieldValue])[]) => {
    const held = experimentWith(...settings);
    return groupingsOf(held, await makeDataset(held.data, held.seed, null));
  };

  it("are those that the data set has", async () => {
    expect(groupingsOf(experiment, made).map(({ kind }) => kind)).toEqual([
      "labels",
      "frequency",
      "column",
    ]);
    const clean = ["data.mislabelled", 0] as const;
    expect(await kinds(clean)).toEqual([]);
    expect(await kinds(["data.kind", "curve"])).toEqual([]);
    expect(await kinds(["data.mislabelled", 0.1])).toMatchObject([{ kind: "labels" }]);
    expect(await kinds(clean, ["data.imbalance", 0.5])).toMatchObject([
      { kind: "frequency", names: ["frequent", "rare"], classes: [[0], [1]], counts: [40, 20] },
    ]);
  });

  it("the rarest third of ten classes are the last three", async () => {
    const [frequency] = await kinds(
      ["data.kind", "strokeDigits"],
      ["data.mislabelled", 0],
      ["data.imbalance", 0.9],
      ["data.trainSize", 100],
    );
    expect(frequency).toMatchObject({
      names: ["frequent", "in between", "rare"],
      classes: [
        [0, 1, 2],
        [3, 4, 5, 6],
        [7, 8, 9],
      ],
    });
  });
});
