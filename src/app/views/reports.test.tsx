// @vitest-environment happy-dom
// Confusion matrix and reliability diagram with made numbers: what they say, in figures and in words.
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ClassificationReport, DatasetSummary, Frame, PanelName } from "../../worker/protocol";
import { EngineContext } from "../engine/context";
import type { Engine } from "../engine/engine";
import { useGrouping } from "../store/grouping";
import { usePage } from "../store/page";
import { history } from "../store/run";
import { CalibrationView } from "./CalibrationView";
import { ConfusionView } from "./ConfusionView";
import { ValuesView } from "./ValuesView";

const dataset: DatasetSummary = {
  classNames: ["coat", "shirt", "bag"],
  featureNames: [],
  counts: { train: 10, validation: 20, test: 10 },
  points: null,
};

/** Four coats (one taken for a shirt), two shirts, no bag; each sure by 0.8. */
const made: ClassificationReport = {
  count: 6,
  accuracy: 5 / 6,
  nll: 0.5695,
  brier: 0.2933,
  brierPerClass: 0.0978,
  ece: 1 / 30,
  bins: Array.from({ length: 15 }, (_, bin) => ({
    low: bin / 15,
    high: (bin + 1) / 15,
    ...(bin === 11
      ? { count: 6, accuracy: 5 / 6, confidence: 0.8 }
      : { count: 0, accuracy: null, confidence: null }),
  })),
  confusion: [
    [3, 1, 0],
    [0, 2, 0],
    [0, 0, 0],
  ],
  perClass: [
    { precision: 1, recall: 0.75, f1: 6 / 7, support: 4 },
    { precision: 2 / 3, recall: 1, f1: 0.8, support: 2 },
    { precision: 0, recall: 0, f1: 0, support: 0 },
  ],
  macroPrecision: 5 / 9,
  macroRecall: 7 / 12,
  macroF1: 58 / 105,
  weightedF1: 0.838,
  meanConfidence: 0.8,
};

const shown: PanelName[] = [];
const engine = {
  show: (panel: PanelName) => {
    shown.push(panel);
    return () => {};
  },
} as unknown as Engine;

function show(view: React.ReactNode, report: ClassificationReport | null = made) {
  present(view, report ? { report } : {});
}

function present(view: React.ReactNode, panels: Partial<Frame>) {
  history.clear();
  history.add({ step: 1, epoch: 1, stepsPerSecond: 0, points: [], ...panels });
  render(<EngineContext value={engine}>{view}</EngineContext>);
}

beforeEach(() => {
  shown.length = 0;
  usePage.getState().setScrub(null);
  useGrouping.setState({ key: null });
});
afterEach(cleanup);

/** Opens the table below the picture. */
function unfold(): void {
  const table = screen.getByText("Table").closest("details") as HTMLDetailsElement;
  expect(table.querySelector("table")).toBeNull();
  table.open = true;
  fireEvent(table, new Event("toggle"));
}

test("the matrix counts, row by row, and asks the engine for the report", () => {
  show(<ConfusionView dataset={dataset} />);
  expect(shown).toEqual(["report"]);
  const matrix = screen.getByRole("table", { name: /Confusion matrix/ });
  const rows = within(matrix)
    .getAllByRole("row")
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole("cell")
        .map(({ textContent }) => textContent),
    );
  expect(rows).toEqual([
    ["3", "1", "·"],
    ["·", "2", "·"],
    ["·", "·", "·"],
  ]);
  expect(screen.getByTestId("confusion").textContent).toContain(
    "83.3 % of the first 6 of 20 right",
  );
});

test("a cell says itself in words, under the pointer and under the keys", () => {
  show(<ConfusionView dataset={dataset} />);
  const words = () => screen.getByTestId("confusion-words").textContent;
  const cells = screen.getAllByRole("button");
  expect(cells.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  act(() => cells[0]?.focus());
  expect(words()).toBe("3 of 4 “coat” recognized.");
  fireEvent.keyDown(cells[0] as HTMLElement, { key: "ArrowRight" });
  expect(document.activeElement).toBe(cells[1]);
  expect(words()).toBe("1 of 4 “coat” taken for “shirt”.");
  fireEvent.keyDown(cells[1] as HTMLElement, { key: "ArrowDown" });
  fireEvent.keyDown(cells[4] as HTMLElement, { key: "ArrowLeft" });
  expect(words()).toBe("None of 2 “shirt” taken for “coat”.");
  fireEvent.pointerEnter(cells[8] as HTMLElement);
  expect(words()).toBe("There is no “bag” among them.");
});

test("precision, recall and F1 stand beside every class", () => {
  show(<ConfusionView dataset={dataset} />);
  const rows = within(screen.getByTestId("class-figures"))
    .getAllByRole("row")
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole("cell")
        .map(({ textContent }) => textContent),
    );
  expect(rows).toEqual([
    ["1.00", ".75", ".86", "4"],
    [".67", "1.00", ".80", "2"],
    [".00", ".00", ".00", "0"],
    [".56", ".58", ".55", "6"],
  ]);
});

test("calibration is a sentence, figures, and a table of the bins", () => {
  show(<CalibrationView dataset={dataset} />);
  expect(screen.getByTestId("calibration-verdict").textContent).toBe(
    "Underconfident by 3 points: mean confidence 80\u00a0%, accuracy 83\u00a0%.",
  );
  const figures = screen.getByTestId("calibration-figures").textContent;
  expect(figures).toContain("ECE3.3 %");
  expect(figures).toContain("Brier0.293");
  expect(figures).toContain("NLL0.570");
  unfold();
  const filled = screen
    .getAllByRole("row")
    .filter((row) => within(row).queryAllByRole("cell")[0]?.textContent === "6");
  expect(filled).toHaveLength(1);
  expect(filled[0]?.textContent).toBe("73 to 80 %680.0 %83.3 %");
});

test("a bin says itself in words, under the pointer and under the keys", () => {
  show(<CalibrationView dataset={dataset} />);
  const bins = within(screen.getByRole("toolbar")).getAllByRole("button");
  expect(bins).toHaveLength(15);
  act(() => bins[0]?.focus());
  fireEvent.keyDown(bins[0] as HTMLElement, { key: "End" });
  expect(document.activeElement).toBe(bins[14]);
  expect(screen.getByTestId("calibration-words").textContent).toBe(
    "Confidence 93 to 100\u00a0%: no prediction.",
  );
  fireEvent.pointerEnter(bins[11] as HTMLElement);
  expect(screen.getByTestId("calibration-words").textContent).toBe(
    "Confidence 73 to 80\u00a0%: 6 predictions, mean confidence 80\u00a0%, accuracy 83\u00a0%.",
  );
});

test("without a report both wait for it, and looking back says that reports are of now", () => {
  show(<ConfusionView dataset={dataset} />, null);
  expect(screen.getByText(/comes with the next measurement/)).toBeTruthy();
  cleanup();
  usePage.getState().setScrub(0.5);
  show(<CalibrationView dataset={dataset} />);
  expect(screen.getByTestId("calibration-verdict").textContent).toContain("as of now");
});

test("values are told in the unit of their column, the furthest off first", () => {
  const target = { name: "rent", mean: 800, deviation: 250 };
  const predictions = {
    count: 3,
    rootMeanSquare: 60.83,
    meanAbsolute: 50,
    meanAbsoluteOfGuess: 166.67,
    explained: 0.9168,
    predicted: Float32Array.of(510, 900, 1100),
    actual: Float32Array.of(500, 800, 1140),
  };
  present(<ValuesView dataset={{ ...dataset, target }} />, { predictions });
  expect(shown).toEqual(["predictions"]);
  expect(screen.getByTestId("values-verdict").textContent).toBe(
    "Off by 50 on average (in “rent”); always guessing the training mean, 800, would be off by 167.",
  );
  expect(screen.getByTestId("values-figures").textContent).toBe("RMSE60.8MAE50R²0.92");
  expect(screen.getByTestId("values-words").textContent).toContain("the first 3 of 20 examples");
  unfold();
  const rows = screen.getAllByRole("row").slice(1);
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    "example 1900800100",
    "example 21,1001,140−40",
    "example 051050010",
  ]);
});

test("a negative R² is a plain number", () => {
  const target = { name: "rent", mean: 800, deviation: 250 };
  const predictions = {
    count: 1,
    rootMeanSquare: 60,
    meanAbsolute: 50,
    meanAbsoluteOfGuess: 40,
    explained: -1.688,
    predicted: Float32Array.of(510),
    actual: Float32Array.of(500),
  };
  present(<ValuesView dataset={{ ...dataset, target }} />, { predictions });
  expect(screen.getByTestId("values-figures").textContent).toContain("R²−1.69");
});

test("another grouping takes the place of the classes, and stays with the next run that has it", () => {
  const groupings: DatasetSummary["groupings"] = [
    { kind: "labels", names: ["right", "wrong on purpose"] },
    { kind: "column", column: "town", names: ["Ulm", "Bonn"] },
  ];
  const groups = [
    { count: [30, 10], right: [29, 9], truly: [29, 1] },
    { count: [60, 100], right: [30, 90], truly: null },
  ];
  present(<ConfusionView dataset={{ ...dataset, groupings }} />, { report: made, groups });
  const chooser = screen.getByLabelText("Accuracy by");
  fireEvent.change(chooser, { target: { value: "column town" } });
  expect(shown.at(-1)).toBe("groups");
  expect(screen.getByTestId("groups-verdict").textContent).toMatch(/^“Ulm” fares worse/);
  const cells = () =>
    within(screen.getByTestId("group-figures"))
      .getAllByRole("row")
      .slice(1)
      .map(({ textContent }) => textContent);
  expect(cells()).toEqual(["Ulm6050.0 %38 to 62\u00a0%−40.0", "Bonn10090.0 %83 to 94\u00a0%+40.0"]);
  fireEvent.change(screen.getByLabelText("Accuracy by"), { target: { value: "labels" } });
  expect(screen.getByTestId("groups-verdict").textContent).toMatch(/^Learned by heart/);
  expect(cells()[1]).toBe("wrong: repeats it1090.0 %60 to 98\u00a0%");
  cleanup();
  present(<ConfusionView dataset={dataset} />, { report: made });
  expect(screen.getByTestId("confusion")).toBeTruthy();
  expect(screen.queryByLabelText("Accuracy by")).toBeNull();
});
