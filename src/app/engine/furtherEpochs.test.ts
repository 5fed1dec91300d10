// Going on after the end: as many epochs again, up to the largest number, and words when that is reached.
import { expect, test } from "vitest";
import { defaultExperiment, withValue } from "../../experiment/schema";
import { furtherEpochs } from "./furtherEpochs";

const epochs = (value: number) => withValue(defaultExperiment, "optimizer.epochs", value);

test("as many again, never more than the setting allows", () => {
  expect(furtherEpochs(epochs(300), 300)).toBe(600);
  expect(furtherEpochs(epochs(6000), 6000)).toBe(10_000);
});

test("at the largest number it says so", () => {
  expect(furtherEpochs(epochs(10_000), 10_000)).toContain("largest value, 10000");
});

test("many training examples allow fewer epochs", () => {
  const long = withValue(epochs(200), "data.trainSize", 1_000_000);
  expect(furtherEpochs(long, 200)).toContain("largest value, 200");
});
