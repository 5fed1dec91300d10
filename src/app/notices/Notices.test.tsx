// @vitest-environment happy-dom
// Notices: no more than somebody reads, and no claim that the page does not keep.
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Preset, presets } from "../../experiment/presets";
import { defaultExperiment } from "../../experiment/schema";
import type { BackendReport } from "../../worker/protocol";
import { EngineContext } from "../engine/context";
import type { Engine } from "../engine/engine";
import { usePage } from "../store/page";
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
  const fold = folded?.closest("details");
  expect(fold?.querySelector("summary")?.textContent).toBe("and 18 more");
  expect(fold?.open).toBe(false);
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
  expect(screen.getByText("The computation broke off.")).not.toBeNull();
  expect(screen.getByText("Details").closest("details")?.textContent).toContain(failure.message);
  expect(screen.queryAllByText(/measured until then stays/)).toHaveLength(rows);
});

const restart = vi.fn();
const toggleTraining = vi.fn();
const reset = vi.fn();
const showWith = () =>
  render(
    <EngineContext value={{ restart, toggleTraining, reset } as unknown as Engine}>
      <Notices />
    </EngineContext>,
  );
const press = (name: RegExp | string) => fireEvent.click(screen.getByRole("button", { name }));
const divergence = (step: number) => ({
  step: 7,
  epoch: 1.75,
  quantity: "training loss",
  restored: { step, epoch: step / 4 },
});

test("a lost graphics card is explained, and its button computes without one", () => {
  const message = "Failed to execute 'mapAsync' on 'GPUBuffer': [Device] is lost.";
  useRun.setState({ phase: "failed", failure: { kind: "internal", message } });
  showWith();
  const notice = screen.getByTestId("failure");
  expect(notice.querySelector("b")?.textContent).toBe("The graphics card stopped answering.");
  expect(notice.querySelector("details")?.open).toBe(false);
  press("Compute with WASM");
  expect(usePage.getState().backend).toBe("wasm");
  expect(restart).toHaveBeenCalledOnce();
});

test.each([
  ["training loss", "the training loss became infinite"],
  ["weights of hidden 1", "the weights of hidden 1 became infinite"],
])("a divergence of the %s is a sentence", (quantity, words) => {
  useRun.setState({ divergence: { ...divergence(4), quantity } });
  showWith();
  expect(screen.getByTestId("divergence").textContent).toContain(words);
});

test.each([
  [4, "shows the weights of step 4 (epoch 1)"],
  [0, "shows the initial weights again"],
])("after a divergence it is said which weights are shown: step %d", (step, words) => {
  useRun.setState({ divergence: divergence(step) });
  showWith();
  expect(screen.getByTestId("divergence").textContent).toContain(words);
});

test("the rate is lowered and training goes on, marked where it does", () => {
  useRun.setState({ state: "training", divergence: divergence(4) });
  showWith();
  expect(screen.getByTestId("divergence")).not.toBeNull();
  act(() => useRun.setState({ state: "diverged" }));
  press("Lower the learning rate to 3e-4 and train on");
  expect(useSettings.getState().experiment.optimizer.learningRate).toBe(3e-4);
  expect(toggleTraining).toHaveBeenCalledOnce();
  act(() => useRun.setState({ state: "training" }));
  expect(screen.queryByTestId("divergence")).toBeNull();
  const { divergence: left, marks } = useRun.getState();
  expect(left).toBeNull();
  expect(marks).toMatchObject([
    { step: 4, epoch: 1, text: "back from a divergence at epoch 1.75" },
  ]);
});

test("where the rate is at its least, starting over is left", () => {
  useSettings.getState().change([["optimizer.learningRate", 1e-6]]);
  useRun.setState({ state: "diverged", divergence: divergence(4) });
  showWith();
  expect(screen.queryByRole("button", { name: /Lower/ })).toBeNull();
  press("Start over");
  expect(reset).toHaveBeenCalledOnce();
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
