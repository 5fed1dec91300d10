// @vitest-environment happy-dom
// From a dropped table to settings: the likely column, the sizes, and tables that are not the link's.

import { beforeEach, expect, test, vi } from "vitest";
import { defaultExperiment, withValue } from "../../experiment/schema";
import { EngineError } from "../../worker/errors";
import type { ColumnSummary, TableSummary } from "../../worker/protocol";
import { useSettings } from "../store/settings";
import { useTable } from "../store/table";
import type { Engine } from "./engine";
import {
  bringTable,
  predictColumn,
  readOtherwise,
  settingsFor,
  takeTable,
  usesWith,
} from "./ownTable";

const option = (kind: "classes" | "number", inputs: number, answers: number, rows: number) =>
  ({ kind, inputs, answers, rows, remarks: [] }) as const;
const column = (name: string, asTarget: ColumnSummary["asTarget"]): ColumnSummary => ({
  ...{ name, asTarget, content: "", missing: 0, distinct: 9, use: "number", proposed: "number" },
  ...{ natural: "number", uses: ["number", "category", "left out"], remarks: [] },
});
const summary: TableSummary = {
  file: "shop.csv",
  fingerprint: 77,
  rows: 200,
  dialect: { encoding: "utf-8", separator: "comma", header: true, decimal: "point" },
  remarks: [],
  spellings: false,
  columns: [
    column("x", [option("number", 3, 0, 200)]),
    column("kind", [option("classes", 2, 3, 100), option("number", 2, 0, 100)]),
    column("name", "too many words"),
  ],
  likely: 2,
  first: [],
};
const file = new File(["x"], "shop.csv");
const engine = { restart: vi.fn(), inspect: vi.fn() };
const data = () => useSettings.getState().experiment.data;

beforeEach(() => {
  vi.clearAllMocks();
  engine.inspect.mockResolvedValue(summary);
  useTable.setState({ file: null, summary: null, read: null, problem: null });
  useSettings.getState().open(withValue(defaultExperiment, "data.kind", "ownTable"), []);
});

test("settings that follow from a column", () => {
  expect(Object.fromEntries(settingsFor(summary, 2) ?? [])).toEqual({
    "data.fingerprint": 77,
    "data.target": 2,
    "data.columns": 2,
    "data.answers": 3,
    "data.trainSize": 60,
    "data.validationSize": 20,
    "data.testSize": 20,
  });
  expect(Object.fromEntries(settingsFor(summary, 2, "number") ?? [])).toMatchObject({
    "data.answers": 0,
  });
  expect(settingsFor(summary, 3)).toBeNull();
  expect(settingsFor(summary, 9)).toBeNull();
});

test("a first table is learned from at once", async () => {
  await takeTable(engine as unknown as Engine, [file]);
  expect(data()).toMatchObject({ fingerprint: 77, target: 2, columns: 2, answers: 3 });
  expect(engine.restart).toHaveBeenCalledExactlyOnceWith([file]);
});

test("the link's own table starts with the link's column; another is only shown", async () => {
  useSettings.getState().change([["data.fingerprint", 77]]);
  await takeTable(engine as unknown as Engine, [file]);
  expect(data().target).toBe(1);
  expect(engine.restart).toHaveBeenCalledOnce();
  useSettings.getState().change([["data.fingerprint", 78]]);
  await takeTable(engine as unknown as Engine, [file]);
  expect(engine.restart).toHaveBeenCalledOnce();
  expect(useTable.getState().summary).toEqual(summary);
  expect(predictColumn(engine as unknown as Engine, 1)).toBeNull();
  expect(data()).toMatchObject({ fingerprint: 77, target: 1, answers: 0 });
});

test("a damaged table is said to be one", async () => {
  engine.inspect.mockRejectedValue(new EngineError("data-bad", "bad.csv, line 3: …"));
  await takeTable(engine as unknown as Engine, [file]);
  expect(useTable.getState()).toMatchObject({ summary: null, problem: "bad.csv, line 3: …" });
  expect(predictColumn(engine as unknown as Engine, 1)).toMatch(/cannot be predicted/);
});

test("a table that is dropped while another data set is chosen is learned from, read as proposed", async () => {
  useSettings.getState().open(defaultExperiment, []);
  useSettings.getState().change([["data.fingerprint", 5]]);
  await takeTable(engine as unknown as Engine, [file]);
  expect(data()).toMatchObject({ kind: "ownTable", fingerprint: 77, target: 2, answers: 3 });
  expect(engine.inspect.mock.calls[0]?.[1]).toMatchObject({ decimal: "found", kept: [] });
  expect(engine.restart).toHaveBeenCalledExactlyOnceWith([file]);
});

test("a damaged table dropped on another data set leaves the run alone", async () => {
  useSettings.getState().open(defaultExperiment, []);
  engine.inspect.mockRejectedValue(new EngineError("data-bad", "bad.csv, line 3: …"));
  await takeTable(engine as unknown as Engine, [file]);
  expect(data().kind).toBe("moons");
  expect(engine.restart).not.toHaveBeenCalled();
  expect(useTable.getState().problem).toBe("bad.csv, line 3: …");
});

test("another reading is looked at, then learned from with the same column and kind; one that fails is taken back", async () => {
  await takeTable(engine as unknown as Engine, [file]);
  predictColumn(engine as unknown as Engine, 2, "number");
  expect(data()).toMatchObject({ target: 2, answers: 0 });
  expect(await readOtherwise(engine as unknown as Engine, { decimal: "comma" })).toBeNull();
  expect(data()).toMatchObject({ decimal: "comma", target: 2, answers: 0 });
  expect(engine.inspect.mock.lastCall?.[1]).toMatchObject({ decimal: "comma" });
  expect(engine.restart).toHaveBeenCalledTimes(3);
  engine.inspect.mockRejectedValue(new EngineError("data-bad", "line 2: …"));
  expect(await readOtherwise(engine as unknown as Engine, { separator: "tab" })).toBe("line 2: …");
  expect(data()).toMatchObject({ decimal: "comma", separator: "found" });
  expect(useTable.getState().summary).not.toBeNull();
});

test("the use of a column is named only where it is not the proposed one", () => {
  const read = { ...data(), kept: [3, 7] };
  const number = { proposed: "number", natural: "number" } as const;
  const counter = { proposed: "left out", natural: "number" } as const;
  expect(usesWith(read, 2, number, "left out")).toMatchObject({ leftOut: [2], kept: [3, 7] });
  expect(usesWith(read, 2, number, "category")).toMatchObject({ asCategories: [2] });
  expect(usesWith({ ...read, leftOut: [2] }, 2, number, "number")).toMatchObject({ leftOut: [] });
  expect(usesWith(read, 5, counter, "number")).toMatchObject({ kept: [3, 5, 7] });
  expect(usesWith(read, 3, counter, "left out")).toMatchObject({ kept: [7], leftOut: [] });
});

test("CSV files are tables on every data set; points stay points, pictures pictures", async () => {
  const named = (name: string, text = "a,b\n") => [new File([text], name)];
  useSettings.getState().open(defaultExperiment, []);
  expect(await bringTable(named("a.csv"))).toBe(true);
  expect(await bringTable(named("a.TSV"))).toBe(true);
  expect(await bringTable(named("a.png"))).toBe(false);
  expect(await bringTable([])).toBe(false);
  useSettings.getState().open(withValue(defaultExperiment, "data.kind", "mnist"), []);
  expect(await bringTable(named("train-images-idx3-ubyte.gz"))).toBe(false);
  useSettings.getState().open(withValue(defaultExperiment, "data.kind", "ownPoints"), []);
  expect(await bringTable(named("p.csv", "x,y,class\n1,2,A\n"))).toBe(false);
  expect(await bringTable(named("t.csv", "width,height\n1,2\n"))).toBe(true);
});
