// Charts: fixed axes, penalties only while in force, gap shaded between the first two lines.
import { expect, test } from "vitest";
import { penaltyTerms } from "../../experiment/hyperparameters";
import { RunHistory } from "../logic/history";
import { toCsv } from "./csv";
import { accuracyChart, draw, errorChart, errorChartFor, lossChart } from "./series";

function run(count: number, decay: (step: number) => number) {
  const history = new RunHistory();
  const points = Array.from({ length: count }, (_, step) => ({
    step,
    epoch: step / 2,
    train: { loss: 1 / (step + 1), accuracy: 0.9 },
    validation: { loss: 0.5, accuracy: 0.7 },
    penalties: decay(step) > 0 ? { weightDecay: decay(step) } : {},
    gradientNorm: null,
    weightNorm: 1,
    nearZero: 0,
    exactZero: 0,
  }));
  history.add({ step: count - 1, epoch: (count - 1) / 2, stepsPerSecond: 0, points });
  return history.columns;
}

test("a penalty that was never on is no line", () => {
  const { series } = draw(
    lossChart,
    run(50, () => 0),
    100,
    false,
  );
  expect(series.map(({ key }) => key)).toEqual(["train", "validation"]);
});

test("an implied penalty is drawn while in force and does not stretch the axis", () => {
  const columns = run(50, (step) => (step > 40 ? 60 : step > 20 ? 0.3 : 0));
  const { series, rows, scales } = draw(lossChart, columns, 100, false);
  expect(series.map(({ key }) => key)).toContain("implied");
  expect(scales.y).toEqual([0, 1]);
  expect(rows[10]?.implied).toBeNull();
  expect(rows[30]?.implied).toBe(0.3);
  expect(rows[45]?.implied).toBeNull();
});

test("long runs are thinned to what a chart may draw", () => {
  expect(
    draw(
      lossChart,
      run(5000, () => 1),
      3000,
      false,
    ).rows.length,
  ).toBeLessThanOrEqual(300);
});

test("accuracy is shown in percent with the gap between", () => {
  const { rows, scales } = draw(
    accuracyChart,
    run(20, () => 0),
    100,
    false,
  );
  expect(rows[5]).toMatchObject({ train: 90, validation: 70, band: [90, 70] });
  expect(scales.y[1]).toBe(100);
});

test("regression shows the root of the mean square; a logarithmic axis spans decades", () => {
  expect(
    draw(
      errorChart,
      run(20, () => 0),
      100,
      false,
    ).rows[3]?.train,
  ).toBe(0.5);
  expect(
    draw(
      lossChart,
      run(20, () => 0),
      100,
      true,
    ).scales,
  ).toMatchObject({
    y: [0.01, 1],
    logarithmic: true,
  });
});

test("the file holds every row, with nothing where nothing was measured", () => {
  const lines = toCsv(run(3, () => 0))
    .trim()
    .split("\n");
  expect(lines).toHaveLength(4);
  expect(lines[0]?.split(",").slice(0, 3)).toEqual(["step", "epoch", "train_loss"]);
  const terms = penaltyTerms.map(() => "0").join();
  expect(lines[2]).toContain(`0.5,0.5,0.5,0.9,0.7,,,${terms},,,,1,0,0`);
});

test("a column's errors are in its own unit: on the chart, in its legend and in the file", () => {
  const columns = run(20, () => 0);
  const target = { name: "rent", mean: 800, deviation: 250_000 };
  const chart = errorChartFor(target);
  expect(chart.title).toBe("Typical error in “rent”");
  const { rows, scales } = draw(chart, columns, 100, false);
  expect(rows[3]).toMatchObject({ train: 125_000, band: [125_000, 250_000 * Math.sqrt(0.5)] });
  expect(scales.y[1]).toBe(250_000);
  expect(chart.print?.(125_000)).toBe("125,000");
  const [head, first] = toCsv(columns, target).split("\n");
  expect(head).toMatch(/,train_error,validation_error$/);
  expect(first?.split(",").slice(-2).map(Number)).toEqual([250_000, 250_000 * Math.sqrt(0.5)]);
});
