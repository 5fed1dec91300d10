// @vitest-environment happy-dom
// From a dropped table to settings: the likely column, the sizes, and tables that are not the link's.
import { beforeEach, expect, test, vi } from "vitest";
import { defaultExperiment, withValue } from "../../experiment/schema";
import type { TableSummary } from "../../worker/protocol";
import { useSettings } from "../store/settings";
import { useTable } from "../store/table";
import type { Engine } from "./engine";
import { likelyTarget, predictColumn, settingsFor, takeTable } from "./ownTable";

const summary: TableSummary = {
  file: "shop.csv",
  fingerprint: 77,
  rows: 200,
  columns: [
    { name: "x", content: "", missing: 0, asTarget: { inputs: 3, answers: 0, rows: 200 } },
    { name: "kind", content: "", missing: 0, asTarget: { inputs: 2, answers: 3, rows: 100 } },
    { name: "name", content: "", missing: 0, asTarget: "too many words" },
  ],
  first: [],
};
const file = new File(["x"], "shop.csv");
const engine = { restart: vi.fn(), inspect: vi.fn() };
const data = () => useSettings.getState().experiment.data;

beforeEach(() => {
  vi.clearAllMocks();
  engine.inspect.mockResolvedValue(summary);
  useTable.setState({ file: null, summary: null, problem: null });
  useSettings.getState().open(withValue(defaultExperiment, "data.kind", "ownTable"), []);
});

test("settings that follow from a column", () => {
  expect(likelyTarget(summary)).toBe(2);
  expect(Object.fromEntries(settingsFor(summary, 2) ?? [])).toEqual({
    "data.fingerprint": 77,
    "data.target": 2,
    "data.columns": 2,
    "data.answers": 3,
    "data.trainSize": 60,
    "data.validationSize": 20,
    "data.testSize": 20,
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
  engine.inspect.mockRejectedValue(new Error("bad.csv, line 3: …"));
  await takeTable(engine as unknown as Engine, [file]);
  expect(useTable.getState()).toMatchObject({ summary: null, problem: "bad.csv, line 3: …" });
  expect(predictColumn(engine as unknown as Engine, 1)).toMatch(/cannot be predicted/);
});
