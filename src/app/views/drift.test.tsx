// @vitest-environment happy-dom
// The drift tab with made numbers: asks, shows how far it is, and says figures, changes and classes.
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defaultExperiment, withValue } from "../../experiment/schema";
import type { DatasetSummary, DriftReport } from "../../worker/protocol";
import { EngineContext } from "../engine/context";
import type { Engine } from "../engine/engine";
import { change, comparable, hardestOf, versionWords } from "../logic/drift";
import { useDriftTests } from "../store/driftTests";
import { untouchedRun, useRun } from "../store/run";
import { DriftView } from "./DriftView";

const dataset: DatasetSummary = {
  classNames: ["coat", "bag"],
  featureNames: [],
  counts: { train: 10, validation: 20, test: 10 },
  points: null,
};

const kinds = ["noise", "blur", "rotation", "brightness"] as const;

/** Ten pictures, eight coats; medium blur loses most: every bag. */
function made(): DriftReport {
  const version = (kind: DriftReport["versions"][number]["kind"], strength: number) => {
    const right = kind === "blur" && strength === 2 ? [3, 0] : kind === null ? [8, 1] : [6, 2];
    return {
      kind,
      strength,
      right,
      accuracy: ((right[0] as number) + (right[1] as number)) / 10,
      picture: Uint8Array.of(strength),
    };
  };
  return {
    count: 10,
    width: 1,
    height: 1,
    channels: 1,
    support: [8, 2],
    versions: [
      version(null, 0),
      ...kinds.flatMap((kind) => [1, 2, 3].map((s) => version(kind, s))),
    ],
  };
}

const experiment = withValue(defaultExperiment, "data.kind", "strokeDigits");

const engine = { testDrift: vi.fn(), endDrift: vi.fn() };

function show(): void {
  render(
    <EngineContext value={engine as unknown as Engine}>
      <DriftView dataset={dataset} />
    </EngineContext>,
  );
}

beforeEach(() => {
  vi.clearAllMocks();
  useRun.setState({ ...untouchedRun, phase: "live" });
  useDriftTests.setState({ latest: null, before: null });
});
afterEach(cleanup);

test("nothing is tested before it is asked for; then it says how far it is, and can be stopped", () => {
  show();
  expect(screen.queryByRole("table")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Test on corrupted pictures" }));
  expect(engine.testDrift).toHaveBeenCalledOnce();
  act(() => useRun.setState({ driftShare: 0.25 }));
  expect(screen.getByRole("progressbar", { name: "Tested so far" }).getAttribute("value")).toBe(
    "0.25",
  );
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  expect(engine.endDrift).toHaveBeenCalledOnce();
  act(() => useRun.setState({ driftShare: null, pending: true }));
  const again = screen.getByRole("button", { name: "Test on corrupted pictures" });
  expect((again as HTMLButtonElement).disabled).toBe(true);
});

test("figures, changes and classes; a picture shows its own", () => {
  useRun.setState({ drift: { report: made(), epoch: 4, experiment } });
  show();
  expect(screen.getByTestId("drift-verdict").textContent).toBe(
    "Epoch 4, the first 10 of 20 validation pictures: 90.0 % right as they are, 30.0 % with medium blur.",
  );
  const versions = within(screen.getByTestId("drift-versions")).getAllByRole("button");
  expect(versions).toHaveLength(12);
  expect(versions[0]?.getAttribute("aria-label")).toBe("weak noise: 80.0 % right, −10.0 points");
  expect(versions[4]?.getAttribute("aria-pressed")).toBe("true");
  const classes = () =>
    within(screen.getByTestId("drift-classes"))
      .getAllByRole("row")
      .slice(1)
      .map(({ textContent }) => textContent);
  expect(classes()).toEqual(["coat100.0 %37.5 %−62.5", "bag50.0 %0.0 %−50.0"]);
  expect(screen.getByTestId("drift-words").textContent).toContain("medium blur: out of focus");
  fireEvent.click(versions[11] as HTMLElement);
  expect(classes()).toEqual(["coat100.0 %75.0 %−25.0", "bag50.0 %100.0 %+50.0"]);
  expect(screen.getByTestId("drift-words").textContent).toContain("brighter by 50 %");
});

test("a second test of the same pictures is compared with the one before, also over a new run", () => {
  useRun.setState({ drift: { report: made(), epoch: 4, experiment } });
  show();
  expect(screen.queryByTestId("drift-before")).toBeNull();
  act(() => useRun.setState({ drift: null }));
  const cured = made();
  const versions = cured.versions.map((version, place) =>
    place === 1 ? { ...version, accuracy: 0.9, right: [7, 2] } : version,
  );
  const report = { ...cured, versions };
  const decayed = withValue(experiment, "regularization.weightDecay", 0.1);
  act(() => useRun.setState({ drift: { report, epoch: 6, experiment: decayed } }));
  expect(screen.getByTestId("drift-before").textContent).toMatch(
    /^\s*Points against the test before \(weight decay 0 → 0.1; epoch 4 → 6\)$/,
  );
  const noise = () => screen.getByRole("button", { name: /weak noise/ });
  expect(noise().getAttribute("aria-label")).toBe("weak noise: 90.0 % right, ±0 points");
  fireEvent.click(screen.getByRole("checkbox"));
  expect(noise().getAttribute("aria-label")).toBe("weak noise: 90.0 % right, +10.0 points");
  fireEvent.click(noise());
  expect(screen.getByTestId("drift-classes").textContent).toContain("coat75.0 %87.5 %+12.5");
});

test("tests of other pictures are not compared", () => {
  const test = { report: made(), epoch: 4, experiment };
  const other = (path: Parameters<typeof withValue>[1], value: Parameters<typeof withValue>[2]) =>
    comparable(test, { ...test, experiment: withValue(experiment, path, value) });
  expect(other("regularization.dropoutHidden", 0.3)).toBe(true);
  expect(other("data.trainSize", 50)).toBe(true);
  expect(other("data.noise", 0.9)).toBe(false);
  expect(other("seed", 7)).toBe(false);
  expect(comparable(test, { ...test, report: { ...made(), count: 9 } })).toBe(false);
});

test("where nothing costs anything, it says so", () => {
  const report = made();
  const same = report.versions.map((version) => ({ ...version, accuracy: 0.9, right: [8, 1] }));
  useRun.setState({ drift: { report: { ...report, versions: same }, epoch: 4, experiment } });
  show();
  expect(screen.getByTestId("drift-verdict").textContent).toContain("no corruption costs anything");
  expect(hardestOf({ ...report, versions: same })).toBeNull();
});

test("words: amounts as they are, changes with a sign", () => {
  expect(versionWords({ kind: "rotation", strength: 3 })).toContain("40 degrees");
  expect(versionWords({ kind: "noise", strength: 1 })).toContain("about 20 of 255");
  expect([-0.125, 0.004, 0.0004, -0.0004].map(change)).toEqual(["−12.5", "+0.4", "±0", "±0"]);
});
