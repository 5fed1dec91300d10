// Made moments for the tests of the diagnosis: rows of figures at every tenth epoch.
import { defaultExperiment, type Experiment } from "../../../experiment/schema";
import { RunHistory } from "../history";
import type { Moment } from "./types";

export interface Row {
  readonly train: readonly [loss: number, accuracy: number | null];
  readonly validation: readonly [loss: number, accuracy: number | null];
  readonly norm?: number;
}

export const times = (row: Row, count: number): Row[] => Array.from({ length: count }, () => row);

/** `count` rows on the way from one to another, the last one being the other. */
export function between(from: Row, to: Row, count: number): Row[] {
  const mix = (a: number | null, b: number | null, share: number) =>
    a === null || b === null ? null : a + (b - a) * share;
  const pair = (a: Row["train"], b: Row["train"], share: number) =>
    [mix(a[0], b[0], share) as number, mix(a[1], b[1], share)] as const;
  return Array.from({ length: count }, (_, at) => {
    const share = (at + 1) / count;
    return {
      train: pair(from.train, to.train, share),
      validation: pair(from.validation, to.validation, share),
      norm: mix(from.norm ?? 10, to.norm ?? 10, share) as number,
    };
  });
}

export function momentOf(rows: readonly Row[], extra: Partial<Moment> = {}): Moment {
  const history = new RunHistory();
  const points = rows.map(({ train, validation, norm = 10 }, index) => ({
    step: index * 10,
    epoch: index * 10,
    train: { loss: train[0], accuracy: train[1] },
    validation: { loss: validation[0], accuracy: validation[1] },
    penalties: {},
    gradientNorm: 1,
    weightNorm: norm,
    nearZero: 0,
    exactZero: 0,
  }));
  history.add({ step: 0, epoch: 0, stepsPerSecond: 0, points });
  const experiment: Experiment = defaultExperiment;
  return {
    columns: history.columns,
    row: rows.length - 1,
    type: "classification",
    experiment,
    state: "finished",
    totalEpochs: 10 * (rows.length - 1),
    marks: [],
    mislabelled: 5,
    trainCount: 60,
    classes: 2,
    spread: null,
    failed: false,
    ...extra,
  };
}
