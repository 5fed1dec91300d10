// The section that a run on a graphics card adds to the figures.
import { expect, test } from "vitest";
import { deviceSection } from "./deviceReport";
import { comparisons } from "./entries";

const machine = {
  processor: "Some Processor",
  cores: 8,
  browser: "Node 22.1.0",
  date: "2026-11-21",
  loadBefore: 0.25,
};

test("the section names card, date and load, and says of each check whether it holds", () => {
  const text = deviceSection({
    machine,
    device: { name: "some vendor some card", software: false },
    checks: [
      { name: "optimizer: Adam", found: "1 instead of 14 dispatches", good: true },
      { name: "figures of the weights", found: "counts differ", good: false },
    ],
    comparisons: [],
  });
  const lines = text.split("\n");
  expect(lines[0]).toBe("## WebGPU in Node on some vendor some card (2026-11-21)");
  expect(text).toContain("Node 22.1.0 through Dawn, Some Processor, 8 cores, load 0.3 before");
  expect(text).toContain("| optimizer: Adam | 1 instead of 14 dispatches | ✓ |");
  expect(text).toContain("| figures of the weights | counts differ | ✗ |");
});

test("a card that the processor plays is named as such", () => {
  const device = { name: "swiftshader", software: true };
  const text = deviceSection({ machine, device, checks: [], comparisons: [] });
  expect(text).toContain("on swiftshader (played by the processor)");
});

test("tables do not say that the card is played by the processor: the heading does where it is", () => {
  const comparison = comparisons.find(({ id }) => id === "mlp-webgpu");
  if (!comparison) throw new Error("no such comparison");
  const device = { name: "some card", software: false };
  const held = [{ comparison, results: [] }];
  const text = deviceSection({ machine, device, checks: [], comparisons: held });
  expect(text).toContain("MLP 784-256-10, batch 64, Adam, on WebGPU");
  expect(text).not.toContain("software");
});
