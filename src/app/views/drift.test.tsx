// @vitest-environment happy-dom
// The drift tab with made numbers: asks, shows how far it is, and says figures, changes and classes.
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DatasetSummary, DriftReport } from "../../worker/protocol";
import { EngineContext } from "../engine/context";
import type { Engine } from "../engine/engine";
import { change, hardestOf, versionWords } from "../logic/drift";
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
  useRun.setState({ drift: { report: made(), epoch: 4 } });
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

test("where nothing costs anything, it says so", () => {
  const report = made();
  const same = report.versions.map((version) => ({ ...version, accuracy: 0.9, right: [8, 1] }));
  useRun.setState({ drift: { report: { ...report, versions: same }, epoch: 4 } });
  show();
  expect(screen.getByTestId("drift-verdict").textContent).toContain("no corruption costs anything");
  expect(hardestOf({ ...report, versions: same })).toBeNull();
});

test("words: amounts as they are, changes with a sign", () => {
  expect(versionWords({ kind: "rotation", strength: 3 })).toContain("40 degrees");
  expect(versionWords({ kind: "noise", strength: 1 })).toContain("about 20 of 255");
  expect([-0.125, 0.004, 0.0004, -0.0004].map(change)).toEqual(["−12.5", "+0.4", "±0", "±0"]);
});
