// @vitest-environment happy-dom
// Figures of others stand beside a preset's own run, and go where the run is another.
import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findPreset, type Preset } from "../../experiment/presets";
import { type Experiment, withValue } from "../../experiment/schema";
import type { Moment } from "../logic/diagnosis/types";
import { untouchedRun, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { KnownCard } from "./KnownCard";

const preset = findPreset("fashion-proximal") as Preset;
const columns = { epoch: [5], trainAccuracy: [0.9], validationAccuracy: [0.88], nearZero: [0.033] };
const moment = { columns, row: 0 } as unknown as Moment;

function shown(experiment: Experiment): string {
  useRun.setState({ experiment });
  const { container, unmount } = render(<KnownCard moment={moment} />);
  const text = container.textContent ?? "";
  unmount();
  return text;
}

beforeEach(() => {
  useRun.setState(untouchedRun);
  useSettings.getState().load(preset);
});

afterEach(cleanup);

test("beside the preset's run, whatever its seed", () => {
  expect(shown(preset.experiment)).toMatch(/PyTorch3\.5 \(87\.2\)this run3\.3 \(88\.0\)/);
  expect(shown(withValue(preset.experiment, "seed", 7))).toContain("this run");
});

test("not beside another", () => {
  expect(shown(withValue(preset.experiment, "regularization.l1Proximal", 0))).toBe("");
  useSettings.getState().load(findPreset("fashion-mlp") as Preset);
  expect(shown(preset.experiment)).toBe("");
});
