// Marks of live changes: one per movement of the hand.
import { expect, test } from "vitest";
import type { LiveChange } from "../../worker/protocol";
import { addMarks } from "./marks";

const change = (from: number, to: number, step: number): LiveChange => ({
  path: "regularization.weightDecay",
  from,
  to,
  step,
  epoch: step / 10,
});

test("a dragged slider leaves one mark from first to last value", () => {
  let marks = addMarks([], [change(0, 1e-5, 50)], 0);
  marks = addMarks(marks, [change(1e-5, 1e-3, 60)], 200);
  marks = addMarks(marks, [change(1e-3, 1e-2, 70)], 400);
  expect(marks).toHaveLength(1);
  expect(marks[0]).toMatchObject({ from: 0, to: 1e-2, step: 50, text: "weight decay 0 → 0.01" });
});

test("a later change is a mark of its own; going back at once leaves none", () => {
  const first = addMarks([], [change(0, 1, 50)], 0);
  expect(addMarks(first, [change(1, 3, 90)], 5000)).toHaveLength(2);
  expect(addMarks(first, [change(1, 0, 55)], 300)).toHaveLength(0);
});

test("of changes without end only the last hundred are marked", () => {
  let marks: ReturnType<typeof addMarks> = [];
  for (let step = 1; step <= 150; step++) {
    marks = addMarks(marks, [change(step, step + 1, step)], 5000 * step);
  }
  expect(marks).toHaveLength(100);
  expect(marks.at(-1)).toMatchObject({ to: 151 });
});

test("settings before the first step are no marks", () => {
  expect(addMarks([], [change(0, 1, 0)], 0)).toHaveLength(0);
});
