// This run's figures in the published form: near-zero share or gap, validation until the test set is opened.
import { expect, test } from "vitest";
import { presets } from "../../experiment/presets";
import type { Moment } from "./diagnosis/types";
import { knownHere } from "./known";

const opened = { epoch: 5, train: { accuracy: 0.9 }, test: { accuracy: 0.741 } };
const columns = {
  epoch: [0, 5],
  trainAccuracy: [0.1, 0.952],
  validationAccuracy: [0.12, 0.75],
  nearZero: [0.01, 0.4781],
} as unknown as Moment["columns"];

test("figures in the form of the others'", () => {
  expect(knownHere("gap", { columns, row: 1 }, null)).toEqual({
    text: "95.2 / 75.0 / 20.2",
    tested: false,
  });
  expect(knownHere("gap", { columns, row: 0 }, null).text).toBe("10.0 / 12.0 / −2.0");
  expect(knownHere("sparsity", { columns, row: 1 }, opened)).toEqual({
    text: "47.8 (74.1)",
    tested: true,
  });
  expect(knownHere("gap", { columns, row: 1 }, opened).text).toBe("90.0 / 74.1 / 15.9");
  expect(knownHere("gap", { columns, row: 0 }, opened)).toEqual({
    text: "10.0 / 12.0 / −2.0",
    tested: false,
  });
  expect(knownHere("gap", { columns, row: -1 }, null).text).toBe("–");
});

test("every preset on real pictures names what others found", () => {
  const real = presets.filter(({ experiment: { data } }) => /mnist|cifar/i.test(data.kind));
  expect(real.length).toBeGreaterThan(20);
  for (const { known } of real) {
    expect(known?.found.length).toBeGreaterThan(0);
    for (const [, figures] of known?.found ?? []) expect(figures).toMatch(/\d/);
  }
});
