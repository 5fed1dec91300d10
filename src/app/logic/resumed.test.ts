// Where training goes on after a divergence: one mark, however often it led back to the same weights.
import { expect, test } from "vitest";
import type { Mark } from "./marks";
import { resumedMarks } from "./resumed";

const change = (step: number, epoch: number): Mark => ({
  path: "optimizer.learningRate",
  from: 10,
  to: 1,
  step,
  epoch,
  at: 0,
  text: "learning rate 10 → 1",
});
const divergence = (epoch: number, step = 4) => ({
  step: 9,
  epoch,
  quantity: "training loss",
  restored: { step, epoch: step / 4 },
});
const texts = (marks: readonly Mark[]) => marks.map(({ text }) => text);

test("the change that was made for it carries the words", () => {
  const marks = resumedMarks([change(4, 1)], divergence(2));
  expect(texts(marks)).toEqual(["learning rate 10 → 1, back from a divergence at epoch 2"]);
  expect(texts(resumedMarks(marks, divergence(3)))).toEqual([
    "learning rate 10 → 1, back from a divergence at epoch 3",
  ]);
});

test("without a change it has a mark of its own, once", () => {
  const marks = resumedMarks([], divergence(2, 0));
  expect(marks).toMatchObject([{ step: 0, epoch: 0, text: "back from a divergence at epoch 2" }]);
  expect(texts(resumedMarks(marks, divergence(3, 0)))).toEqual([
    "back from a divergence at epoch 3",
  ]);
});

test("changes later than the weights that are back have not happened to them", () => {
  const marks = resumedMarks([change(8, 2)], divergence(2.25));
  expect(texts(marks)).toEqual(["back from a divergence at epoch 2.25"]);
});
