// What a test on corrupted pictures says in words, and which version is the hardest.
import { corruptionAmounts } from "../../data/corruptions";
import { differences } from "../../experiment/difference";
import type { Experiment, FieldPath } from "../../experiment/schema";
import type { DriftReport, DriftVersion } from "../../worker/protocol";

/** A test on corrupted pictures, with the epoch at which it was begun and the settings in force then. */
export interface DriftTest {
  readonly report: DriftReport;
  readonly epoch: number;
  readonly experiment: Experiment;
}

export const strengthNames = ["weak", "medium", "strong"] as const;

/** "strong noise", or "as they are" */
export function versionName({ kind, strength }: Pick<DriftVersion, "kind" | "strength">): string {
  return kind === null ? "as they are" : `${strengthNames[strength - 1]} ${kind}`;
}

/** What was done to the pictures of a version. */
export function versionWords({ kind, strength }: Pick<DriftVersion, "kind" | "strength">): string {
  if (kind === null) return "the validation pictures as they are";
  const amount = corruptionAmounts[kind][strength - 1] as number;
  switch (kind) {
    case "noise":
      return `every pixel lighter or darker by chance, by about ${Math.round(255 * amount)} of 255`;
    case "blur":
      return `out of focus: a point becomes a spot ${Math.round((2 * amount * 100) / 32)} % as wide as the picture`;
    case "rotation":
      return `turned by ${amount} degrees, to the left or to the right`;
    case "brightness":
      return `overexposed: brighter by ${Math.round(100 * amount)} % of the full range`;
  }
}

/** The version with the most mistakes; null where nothing is harder than the pictures as they are. */
export function hardestOf({ versions }: DriftReport): DriftVersion | null {
  const [clean, ...corrupted] = versions;
  const hardest = corrupted.reduce<DriftVersion | null>(
    (held, version) => (held && held.accuracy <= version.accuracy ? held : version),
    null,
  );
  return clean && hardest && hardest.accuracy < clean.accuracy ? hardest : null;
}

/** Settings of the data that leave the validation pictures as they are. */
const ofTrainingOnly: readonly FieldPath[] = [
  "data.trainSize",
  "data.testSize",
  "data.mislabelled",
  "data.scaling",
];

/** True where two tests were made of the same pictures with the same corruptions: same data, seed and number. */
export function comparable(a: DriftTest, b: DriftTest): boolean {
  const apart = differences(a.experiment, b.experiment);
  const sameData = apart.every(
    ({ path }) => ofTrainingOnly.includes(path) || (!path.startsWith("data.") && path !== "seed"),
  );
  return sameData && a.report.count === b.report.count;
}

/** Share right of one class in a version, or null where there is no picture of it. */
export function classShare(version: DriftVersion, support: number, kind: number): number | null {
  return support === 0 ? null : (version.right[kind] ?? 0) / support;
}

/** A difference of two shares in points, with its sign: "−12.5", "+0.4", "±0". */
export function change(share: number): string {
  const tenths = Math.round(1000 * share);
  if (tenths === 0) return "±0";
  return `${tenths < 0 ? "−" : "+"}${(Math.abs(tenths) / 10).toFixed(1)}`;
}
