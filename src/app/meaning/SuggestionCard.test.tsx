// @vitest-environment happy-dom
// A suggestion is offered only where all of it acts, and says what it needs in order to act.
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findPreset, type Preset } from "../../experiment/presets";
import type { FieldPath } from "../../experiment/schema";
import { EngineContext } from "../engine/context";
import type { Engine } from "../engine/engine";
import { diagnose } from "../logic/diagnosis/rules";
import { between, momentOf, type Row, times } from "../logic/diagnosis/testing";
import type { Moment } from "../logic/diagnosis/types";
import { untouchedRun, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { SuggestionCard } from "./SuggestionCard";

const start: Row = { train: [0.7, 0.5], validation: [0.7, 0.5] };
const fitted: Row = { train: [0.35, 0.88], validation: [0.36, 0.87] };
const memorized: Row = { train: [0.01, 1], validation: [1.1, 0.8] };
const overfit = [start, fitted, ...times(memorized, 10)];

const engine = {
  trainOn: vi.fn(async () => null),
  startOver: vi.fn(async () => undefined),
  toggleTraining: vi.fn(async () => undefined),
};

function show(rows: readonly Row[] = overfit, extra: Partial<Moment> = {}): void {
  const experiment = useSettings.getState().experiment;
  const moment = momentOf(rows, { experiment, ...extra });
  render(
    <EngineContext value={engine as unknown as Engine}>
      <SuggestionCard moment={moment} finding={diagnose(moment)} />
    </EngineContext>,
  );
}

const held = () => useSettings.getState().experiment;
const change = (path: FieldPath, value: string | number) =>
  useSettings.getState().change([[path, value]]);
const button = (name: string) => screen.getByRole("button", { name });

beforeEach(() => {
  useRun.setState(untouchedRun);
  useSettings.getState().load(findPreset("moons-overfit") as Preset);
});
afterEach(cleanup);

test("under AdamW decay alone is suggested", () => {
  show();
  expect(screen.getByTestId("suggestion").textContent).toContain("weight decay 0 → 3");
  fireEvent.click(screen.getByRole("button", { name: "Apply" }));
  expect(held().regularization.weightDecay).toBe(3);
  expect(screen.getByRole("heading").textContent).toBe("Now watch the curves");
});

test("under Adam the suggestion includes AdamW and says why; Undo takes both back", () => {
  change("optimizer.kind", "adam");
  show();
  const text = screen.getByTestId("suggestion").textContent;
  expect(text).toContain("Weight decay has no effect with Adam, so that is changed too.");
  expect(text).toContain("OptimizerAdam → AdamW");
  fireEvent.click(screen.getByRole("button", { name: "Apply" }));
  expect(held().optimizer.kind).toBe("adamw");
  expect(held().regularization.weightDecay).toBe(3);
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(held().optimizer.kind).toBe("adam");
  expect(held().regularization.weightDecay).toBe(0);
});

test("a value that is set but does not act is not called applied", () => {
  change("regularization.weightDecay", 3);
  change("optimizer.kind", "adam");
  show();
  expect(screen.getByRole("heading").textContent).not.toBe("Now watch the curves");
  expect(screen.getByTestId("suggestion").textContent).toContain("optimizer Adam → AdamW");
});

test("what could act on other data only is withheld", () => {
  useSettings.getState().load(findPreset("shapes-cnn") as Preset);
  change("data.kind", "moons");
  show();
  expect(screen.getByTestId("suggestion").textContent).not.toMatch(/flip|Flip|crop|Crop/);
});

test("an experiment of one's own that overfits gets a change too", () => {
  useSettings.getState().chooseData("xor");
  show();
  expect(screen.getByTestId("suggestion").textContent).toContain("weight decay 0 → 3");
});

test("too strong a penalty is weakened, and the weights start over", () => {
  change("regularization.l1", 0.18);
  useRun.setState({ state: "finished" });
  const collapsed: Row = { train: [0.69, 0.517], validation: [0.69, 0.5], norm: 0.1 };
  show([start, fitted, ...times(collapsed, 10)]);
  expect(screen.getByTestId("suggestion").textContent).toContain("L1 penalty 0.18 → 0.01");
  fireEvent.click(button("Apply & start over"));
  expect(held().regularization.l1).toBe(0.01);
  expect(held().regularization.weightDecay).toBe(0);
  expect(engine.startOver).toHaveBeenCalledOnce();
});

test("where nothing is wrong nothing is suggested", () => {
  show([start, ...between(start, fitted, 3), ...times(fitted, 12)]);
  expect(screen.queryByTestId("suggestion")).toBeNull();
});
