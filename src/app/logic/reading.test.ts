// Words for a run's numbers: each state of a run is called by its name, with its figures.
import { expect, test } from "vitest";
import { RunHistory } from "./history";
import { gapIsOpen, type Moment, read } from "./reading";

interface Row {
  readonly train: readonly [loss: number, accuracy: number | null];
  readonly validation: readonly [loss: number, accuracy: number | null];
  readonly norm?: number;
}

function moment(rows: readonly Row[], extra: Partial<Moment> = {}): Moment {
  const history = new RunHistory();
  const points = rows.map(({ train, validation, norm = 1 }, index) => ({
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
  return {
    columns: history.columns,
    row: rows.length - 1,
    type: "classification",
    state: "training",
    totalEpochs: 200,
    marks: [],
    mislabelled: 5,
    failed: false,
    ...extra,
  };
}

const start: Row = { train: [0.7, 0.5], validation: [0.7, 0.5] };
const good: Row = { train: [0.4, 0.85], validation: [0.41, 0.84] };
const bad: Row = { train: [0.02, 1], validation: [1.2, 0.787] };
const cured: Row = { train: [0.3, 0.92], validation: [0.33, 0.885], norm: 0.3 };
const times = (row: Row, count: number) => Array.from({ length: count }, () => row);

test("before the first step nothing is claimed", () => {
  expect(read(moment([start])).title).toBe("Nothing learned yet");
  expect(read(moment([])).title).toBe("Getting ready");
  expect(read(moment([], { failed: true })).title).toBe("No run yet");
});

test("overfitting is named with gap, rise and best epoch", () => {
  const overfit = moment([start, good, ...times(bad, 10)]);
  const reading = read(overfit);
  expect(reading.title).toBe("Overfitting");
  expect(reading.text).toContain("Gap 21.3 points at epoch 110.");
  expect(reading.text).toContain("risen for 100 epochs since its best, 0.410 at epoch 10");
  expect(reading.text).toContain("memorized even the 5 mislabelled examples");
  expect(gapIsOpen(overfit)).toBe(true);
});

test("parts that agree are called so", () => {
  const fine = moment([start, ...times(good, 8)]);
  expect(read(fine).title).toBe("Train and validation agree");
  expect(gapIsOpen(fine)).toBe(false);
});

test("too little learned is not called agreement", () => {
  const poor: Row = { train: [0.68, 0.55], validation: [0.69, 0.54] };
  expect(read(moment([start, ...times(poor, 8)])).title).toBe("Little learned");
});

test("a live change is credited with what came after it", () => {
  const mark = {
    path: "regularization.weightDecay" as const,
    from: 0,
    to: 10,
    step: 100,
    epoch: 100,
    at: 0,
    text: "weight decay 0 → 10",
  };
  const rows = [start, good, ...times(bad, 9), ...times(cured, 8)];
  const reading = read(moment(rows, { marks: [mark] }));
  expect(reading.title).toBe("The gap has closed");
  expect(reading.text).toContain(
    "Since weight decay 0 → 10 at epoch 100 the gap went from 21.3 points",
  );
  expect(reading.tone).toBe("good");
});

test("regression speaks of losses", () => {
  const regression = [
    { train: [1, null], validation: [1, null] },
    { train: [0.2, null], validation: [0.25, null] },
    ...times({ train: [0.01, null], validation: [0.5, null] }, 8),
  ] as readonly Row[];
  const reading = read(moment(regression, { type: "regression", mislabelled: 0 }));
  expect(reading.title).toBe("Overfitting");
  expect(reading.text).toMatch(/^Gap 0\.490.* The curve follows the noise\.$/);
  const target = { name: "rent", mean: 800, deviation: 200 };
  const held = read(moment(regression, { type: "regression", mislabelled: 0, target }));
  expect(held.text).toMatch(/^Loss gap 0\.490.* by heart, noise and all\.$/);
});

const far = { train: [0.1, 0.99], validation: [0.415, 0.78] } as const;
const near = { train: [0.2, 0.95], validation: [0.4, 0.8] } as const;

test("a loss that rose only a little, but whose best lies far back, is overfitting without praise", () => {
  const reading = read(moment([start, ...times(near, 8), ...times(far, 25)]));
  expect(reading.title).toBe("Overfitting");
  expect(reading.text).toContain("has not come down for 320 epochs since its best, 0.400");
  expect(reading.text).not.toContain("gains");
});

test("an open gap is praised only while validation still improves", () => {
  const rising = times(near, 12).map((row, at) => ({
    ...row,
    validation: [0.5 - 0.01 * at, 0.7 + 0.01 * at] as const,
  }));
  expect(read(moment([start, ...rising])).text).toContain("gains on new examples too");
  const flat = read(moment([start, ...times(near, 30)]));
  expect(flat.title).toBe("A gap is opening");
  expect(flat.text).not.toContain("gains");
});

test("a run that diverged before anything was measured is called so", () => {
  expect(read(moment([start], { state: "diverged" })).title).toBe("Training diverged");
});

test("a diverged run is called diverged", () => {
  expect(read(moment([start, bad], { state: "diverged" })).title).toBe("Training diverged");
});
