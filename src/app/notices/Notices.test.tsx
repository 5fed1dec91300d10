// @vitest-environment happy-dom
// Notices: no more than somebody reads, and no claim that the page does not keep.
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Preset, presets } from "../../experiment/presets";
import { defaultExperiment } from "../../experiment/schema";
import type { BackendReport } from "../../worker/protocol";
import { EngineContext } from "../engine/context";
import type { Engine } from "../engine/engine";
import { history, untouchedRun, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { Notices } from "./Notices";

const show = () =>
  render(
    <EngineContext value={{} as Engine}>
      <Notices />
    </EngineContext>,
  );

function correct(count: number): void {
  const corrections = Array.from({ length: count }, (_, at) => ({
    path: null,
    message: `No ${at}.`,
  }));
  useSettings.getState().open(defaultExperiment, corrections);
}

const part = { loss: 1, accuracy: 0.5 };
const zeros = { gradientNorm: null, weightNorm: 1, nearZero: 0, exactZero: 0 };
const point = { step: 0, epoch: 0, train: part, validation: part, penalties: {}, ...zeros };

beforeEach(() => {
  history.clear();
  useRun.setState(untouchedRun);
  correct(0);
});
afterEach(cleanup);

test("twelve corrections are shown, the others counted and folded away", () => {
  correct(30);
  show();
  const [shown, folded] = screen.getAllByRole("list");
  expect(shown?.children).toHaveLength(12);
  expect(folded?.children).toHaveLength(18);
  expect(screen.getByText("and 18 more").closest("details")?.open).toBe(false);
});

test("twelve need no fold", () => {
  correct(12);
  show();
  expect(screen.queryByText(/more$/)).toBeNull();
});

test.each([0, 1])("a lost run with %d measurements promises only what is there", (rows) => {
  if (rows > 0) history.add({ step: 0, epoch: 0, stepsPerSecond: 0, points: [point] });
  const failure = { kind: "worker-lost", message: "The engine stopped." } as const;
  useRun.setState({ phase: "failed", failure });
  show();
  expect(screen.getByText("The engine stopped.")).not.toBeNull();
  expect(screen.queryAllByText(/measured until then stays/)).toHaveLength(rows);
});

test.each([
  ["training loss", "the training loss became infinite"],
  ["weights of hidden 1", "the weights of hidden 1 became infinite"],
])("a divergence of the %s is a sentence", (quantity, words) => {
  useRun.setState({ divergence: { step: 7, epoch: 1, quantity } });
  show();
  expect(screen.getByTestId("divergence").textContent).toContain(words);
});

const onlyJavaScript: BackendReport = {
  chosen: "cpu",
  why: "The only one that works here.",
  slow: true,
  candidates: [
    {
      name: "wasm",
      millisecondsPerStep: null,
      device: null,
      software: false,
      reason: "This browser offers no WebAssembly.",
      notes: [],
    },
  ],
};

test("where only plain JavaScript computes, why is said, and small experiments are offered for large ones", async () => {
  const shapes = presets.find(({ name }) => name === "shapes-cnn") as Preset;
  useSettings.getState().load(shapes);
  useRun.setState({ backend: onlyJavaScript });
  show();
  const notice = await screen.findByTestId("slow");
  expect(notice.textContent).toContain("WASM: This browser offers no WebAssembly.");
  fireEvent.click(screen.getByRole("button", { name: /Two moons/ }));
  expect(useSettings.getState().preset?.name).toBe("moons-overfit");
  expect(screen.queryByRole("button", { name: /Two moons/ })).toBeNull();
  expect(screen.getByTestId("slow").textContent).toContain("such as this one");
  fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(screen.queryByTestId("slow")).toBeNull();
});
