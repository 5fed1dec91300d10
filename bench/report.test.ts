// The bench's tables and goals, on made results.
import { expect, test } from "vitest";
import type { EntryResult } from "./compare";
import { shortReason, whyNotTraining } from "./compare";
import { comparisons, type Entry } from "./entries";
import { figure, percent, times, withSpread } from "./format";
import { goalLines, speedRatio } from "./goals";
import { comparisonTable, machineLine, reportText, withoutEmptyColumns } from "./report";
import type { BenchResults } from "./results";

const mlp = comparisons[0] as (typeof comparisons)[number];
const cnn = comparisons[1] as (typeof comparisons)[number];

function measured(entry: Entry, totals: readonly number[], changes: Partial<EntryResult> = {}) {
  const result: EntryResult = {
    entry,
    failure: null,
    device: null,
    rounds: totals.map((total) => ({ total, script: total / 2, loss: 0.1 })),
    stepsPerRound: 4,
    firstLoss: 2.3,
    lastLoss: 0.1,
    dispatches: 30,
    ...changes,
  };
  return result;
}

function entryNamed(id: string, comparison = mlp): Entry {
  const found = comparison.entries.find((entry) => entry.id === id);
  if (!found) throw new Error(`no entry ${id}`);
  return found;
}

const machine = {
  processor: "Some Processor",
  cores: 2,
  browser: "Chromium 1",
  date: "2026-11-21",
  loadBefore: 0.2,
};
const nothing: BenchResults = {
  machine,
  comparisons: [],
  products: null,
  telemetry: null,
  live: [],
  responsiveness: null,
  start: null,
};

test("numbers keep three digits, or all before the point", () => {
  expect([0.01234, 0.5, 4.612, 45.67, 1830.4].map(figure)).toEqual([
    "0.0123",
    "0.500",
    "4.61",
    "45.7",
    "1830",
  ]);
  expect([0, Number.NaN].map(figure)).toEqual(["0", "–"]);
  const spread = { median: 4.61, low: 4.4, high: 5.12, count: 9 };
  expect(withSpread(spread)).toBe("4.61 (4.40–5.12)");
  expect(times({ ...spread, low: 0.544, high: 12.4 })).toBe("4.6× (0.54–12)");
  expect(percent({ median: 0.021, low: -0.01, high: 0.035, count: 9 })).toBe("2.1 % (−1.0–3.5)");
});

test("a table sets each library beside ours on the same backend and says who did not run", () => {
  const text = comparisonTable({
    comparison: mlp,
    results: [
      measured(entryNamed("ours wasm"), [4, 4, 4]),
      measured(entryNamed("stock wasm"), [12, 12, 14], { dispatches: 150 }),
      measured(entryNamed("convnet"), [], { failure: "invalid: it does not learn" }),
    ],
  });
  const lines = text.split("\n");
  expect(lines[0]).toBe("MLP 784-256-10, batch 64, Adam");
  expect(lines[2]).toMatch(/^ours, WASM +4\.00 \(4\.00–4\.00\) +4\.00 +2\.00 +30$/);
  expect(lines[3]).toMatch(
    /^stock TensorFlow\.js, WASM +12\.0 \(12\.0–13\.0\) +12\.0 +6\.00 +150 +3\.0× \(3\.0–3\.3\)$/,
  );
  expect(text).toContain("· ConvNetJS, JavaScript: invalid: it does not learn");
  expect(text.split("\n").filter((line) => line.startsWith("ConvNetJS"))).toEqual([]);
});

test("JavaScript is compared apart only where a device does the rest", () => {
  const webgpu = comparisons.find(({ id }) => id === "mlp-webgpu") as typeof mlp;
  const text = comparisonTable({
    comparison: webgpu,
    results: [
      measured(entryNamed("ours webgpu", webgpu), [50], { device: "swiftshader" }),
      measured(entryNamed("stock webgpu", webgpu), [100]),
    ],
  });
  expect(text.split("\n")[0]).toContain("(swiftshader)");
  expect(text).toMatch(/2\.0× \(2\.0–2\.0\) +2\.0× \(2\.0–2\.0\)/);
  expect(text).toContain("in JavaScript");
});

test("columns without a word below their head are left out", () => {
  const rows = [
    ["", "a", "b"],
    ["x", "1", ""],
  ];
  expect(withoutEmptyColumns(rows)).toEqual([
    ["", "a"],
    ["x", "1"],
  ]);
});

test("no ratio where one side failed or is missing", () => {
  const ours = measured(entryNamed("ours wasm"), [4]);
  const failed = measured(entryNamed("stock wasm"), [9], { failure: "gone" });
  expect(speedRatio(failed, ours)).toBeNull();
  expect(speedRatio(undefined, ours)).toBeNull();
  expect(speedRatio(measured(entryNamed("stock wasm"), [8]), ours)?.median).toBe(2);
});

test("goals are met, missed or not measured", () => {
  const spread = (median: number) => ({ median, low: median, high: median, count: 3 });
  const results: BenchResults = {
    ...nothing,
    comparisons: [
      {
        comparison: mlp,
        results: [
          measured(entryNamed("ours wasm"), [4]),
          measured(entryNamed("stock wasm"), [12.4]),
          measured(entryNamed("jax wasm"), [6]),
        ],
      },
      {
        comparison: cnn,
        results: [
          measured(entryNamed("ours wasm", cnn), [100]),
          measured(entryNamed("stock wasm", cnn), [], { failure: "no gradient of convolutions" }),
          measured(entryNamed("stock webgl", cnn), [2700]),
          measured(entryNamed("convnet", cnn), [1800]),
        ],
      },
    ],
    products: { step: spread(4), products: spread(2.5), ratio: spread(1.6) },
    telemetry: {
      watched: spread(90),
      unwatched: spread(100),
      frames: spread(8),
      share: spread(0.1),
      looking: spread(0.06),
    },
    start: { firstStep: spread(900), phases: [{ name: "run stands", at: 850.4 }] },
    live: [
      { backend: "wasm", seconds: 4, epochsPerSecond: 150 },
      { backend: "cpu", seconds: 4, epochsPerSecond: 220 },
    ],
  };
  const lines = goalLines(results);
  expect(lines.map(({ met }) => met)).toEqual([
    true,
    false,
    null,
    true,
    true,
    true,
    false,
    null,
    true,
  ]);
  expect(lines[8]?.measured).toBe("900 (900–900) ms");
  // The best of the others, not the slowest.
  expect(lines[3]?.measured).toBe("18× (18–18), best: ConvNetJS, JavaScript");
  expect(lines[5]?.measured).toBe("150 on wasm, 220 on cpu");
  expect(reportText(results)).toContain(
    "by its own clock looking takes 6.0 % (6.0–6.0), by the step rate 10.0 % (10.0–10.0)",
  );
  expect(goalLines(nothing).every(({ met }) => met === null)).toBe(true);
});

test("the report says when others used the machine", () => {
  expect(machineLine(machine)).not.toContain("shared");
  expect(machineLine({ ...machine, loadBefore: 3.2 })).toContain(
    "shared with other programs (load 3.2)",
  );
  expect(reportText(nothing)).toContain("– telemetry at default rates");
});

test("a contender whose loss does not fall is invalid", () => {
  expect(whyNotTraining(2.3, 0.4)).toBeNull();
  expect(whyNotTraining(2.3, 2.3)).toContain("does not learn (loss 2.300 → 2.300)");
  expect(whyNotTraining(2.3, Number.NaN)).toContain("not finite");
  expect(whyNotTraining(null, null)).toBe("no step was timed");
});

test("reasons from a page lose what the browser's driver wraps around them", () => {
  const error = new Error(
    "page.evaluate: Error: Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm'\n    at x (y.js:1:2)",
  );
  expect(shortReason(error)).toBe(
    "Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm'",
  );
  expect(shortReason(new Error("x".repeat(300))).length).toBe(160);
});
