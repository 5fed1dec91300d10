// A link is the whole experiment: what it leaves out, since it does not apply, must not act in secret.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Field, FieldValue } from "../experiment/fields";
import { decodeLink, encodeLink } from "../experiment/link";
import { type Experiment, type FieldPath, fieldEntries, withValue } from "../experiment/schema";
import { checkExperiment } from "../experiment/validate";
import { experimentWith, makeTrainer, switchBackend } from "./testing";

/** Small enough that a run takes a moment. */
const fixed: readonly (readonly [FieldPath, FieldValue])[] = [
  ["data.trainSize", 13],
  ["data.validationSize", 11],
  ["data.testSize", 11],
  ["model.hiddenWidths", [4, 3]],
  ["model.filters", [2]],
  ["optimizer.batchSize", 5],
  ["optimizer.epochs", 2],
];
const kinds = ["moons", "curve", "clusters", "strokeDigits"];

function anyValueOf(path: FieldPath, field: Field): fc.Arbitrary<FieldValue> {
  if (path === "data.kind") return fc.constantFrom(...kinds);
  if (field.type === "choice") return fc.constantFrom(...field.choices.map(({ value }) => value));
  if (field.type === "multipliers") return fc.constantFrom([], [0], [2, 1, 0.5, 3, 0, 7]);
  if (field.type === "widths") return fc.constantFrom(field.default, []);
  // Half of the settings stay as they are: where all act at once, most runs blow up at the first step.
  return fc.constantFrom(field.default, field.default, ...field.snaps.filter((snap) => snap <= 1));
}

const turned = fieldEntries.filter(
  ({ path }) => path !== "seed" && !fixed.some(([held]) => held === path),
);
const experiments: fc.Arbitrary<Experiment> = fc
  .tuple(...turned.map(({ path, field }) => anyValueOf(path, field)))
  .map((values) =>
    values.reduce<Experiment>(
      (held, value, index) =>
        withValue(held, (turned[index] as (typeof turned)[number]).path, value),
      experimentWith(...fixed),
    ),
  )
  .filter((experiment) => checkExperiment(experiment).length === 0);

async function outcome(experiment: Experiment) {
  const { trainer, points } = await makeTrainer(experiment);
  trainer.train();
  const { state } = await trainer.finished();
  const weights = [...(await trainer.readWeights())];
  await trainer.dispose();
  return { state, points, weights };
}

describe("an experiment and its link", () => {
  beforeAll(() => switchBackend("cpu"));

  it("give the same run, bit by bit", async () => {
    await fc.assert(
      fc.asyncProperty(experiments, async (experiment) => {
        const { experiment: linked } = decodeLink(encodeLink(experiment));
        expect(await outcome(linked)).toEqual(await outcome(experiment));
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
