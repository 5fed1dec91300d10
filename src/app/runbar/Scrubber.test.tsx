// @vitest-environment happy-dom
// The scrub bar: one key leaves the live end, the right end is live again, marks stand where changes were made.
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { usePage } from "../store/page";
import { history, useRun } from "../store/run";
import { Scrubber } from "./Scrubber";

const part = { loss: 1, accuracy: 0.5 };
const zeros = { gradientNorm: null, weightNorm: 1, nearZero: 0, exactZero: 0 };

beforeEach(() => {
  history.clear();
  usePage.getState().setScrub(null);
  const points = Array.from({ length: 201 }, (_, epoch) => ({
    step: epoch * 3,
    epoch,
    train: part,
    validation: part,
    penalties: {},
    ...zeros,
  }));
  history.add({ step: 600, epoch: 200, stepsPerSecond: 0, points });
});
afterEach(cleanup);

const bar = () => screen.getByRole("slider", { name: "Recorded epochs" });
const drag = (epoch: number) => fireEvent.change(bar(), { target: { value: String(epoch) } });

test("a step back shows the recorded moment, the right end is live again", () => {
  render(<Scrubber />);
  expect(bar().getAttribute("aria-valuetext")).toBe("Epoch 200, live");
  drag(199);
  expect(usePage.getState().scrub).toBe(199);
  expect(bar().getAttribute("aria-valuetext")).toBe("Epoch 199, recorded");
  drag(40);
  expect(usePage.getState().scrub).toBe(40);
  drag(200);
  expect(usePage.getState().scrub).toBeNull();
});

test("a mark carries the words of its change", () => {
  const text = "weight decay 0 → 3";
  const path = "regularization.weightDecay" as const;
  useRun.setState({ marks: [{ path, from: 0, to: 3, step: 300, epoch: 100, at: 0, text }] });
  render(<Scrubber />);
  expect(screen.getByText(text)).not.toBeNull();
});
