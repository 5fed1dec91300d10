// The runner itself: it must notice wrong numbers, leave nothing behind, and reach minima that are harder than those of the files.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { RandomSequence, Stream } from "../data/random";
import { setUpCpu } from "../training/backends/cpu";
import { tf } from "../training/tensors";
import { runGoldenCase } from "./run";

type Json = number | string | null | Json[] | { [key: string]: Json };
type Held = { [key: string]: Json };

const read = (name: string): Held =>
  JSON.parse(readFileSync(join(import.meta.dirname, "cases", `${name}.json`), "utf8"));

beforeAll(async () => {
  await setUpCpu();
  await tf.setBackend("cpu");
});

/** The first number under each key, as a function that changes it. */
function firstNumbers(value: Json, key = "", found = new Map<string, () => void>()) {
  if (value === null || typeof value !== "object") return found;
  for (const [index, held] of Object.entries(value)) {
    const name = Array.isArray(value) ? key : index;
    if (typeof held === "number") {
      const change = () => {
        // A stronger penalty than the one that zeroes everything would change nothing.
        (value as Held)[index] = name === "alpha" ? held / 2 : held + 1 + 0.1 * Math.abs(held);
      };
      if (!found.has(name)) found.set(name, change);
    } else firstNumbers(held, name, found);
  }
  return found;
}

/** Numbers that describe how a file was made, or repeat what is compared under another name. */
const notCompared: Readonly<Record<string, readonly string[]>> = {
  metrics_classification: ["seed", "n", "k", "logits_shape"],
  histogram: ["seed", "n", "bins"],
  sparsity: ["seed", "shape"],
  prune_magnitude: ["seed", "shape"],
  quantize_int8: ["seed", "shape", "scale_float32", "nearest_to_a_tie"],
  sklearn_lasso_path: ["seed", "n", "p", "X_shape", "true_coef", "alpha_max", "nonzero"],
  sklearn_elasticnet_path: ["seed", "n", "p", "X_shape", "true_coef", "alpha_max", "nonzero"],
  ridge_path: ["seed", "n", "p", "X_shape", "true_coef", "alpha_max", "effective_df"],
  sklearn_logreg_l1: ["seed", "n", "p", "X_shape", "coef_shape", "lambda_mean_form", "nonzero"],
};

describe("what the runner does not know is refused, not read without it", () => {
  const held = read("sgd");
  const layers = held.layers as Held[];
  const config = held.config as Held;
  it.each([
    ["a layer", { ...held, layers: [...layers, { type: "attention" }] }, "attention"],
    [
      "a field of a layer",
      { ...held, layers: layers.map((one) => ({ ...one, dilation: 2 })) },
      "dilation",
    ],
    ["a field of the configuration", { ...held, config: { ...config, l3: 1 } }, "l3"],
    ["a loss", { ...held, config: { ...config, loss: "hinge" } }, "hinge"],
  ])("%s", async (_what, content, name) => {
    const { outcome, detail } = await runGoldenCase("sgd", content, "cpu");
    expect(outcome).toBe("not supported yet");
    expect(detail).toContain(name);
  });
});

describe("a wrong number is noticed", () => {
  it.each(Object.keys(notCompared))("%s", async (name) => {
    const unnoticed: string[] = [];
    const shortened = () => {
      const held = read(name);
      if (Array.isArray(held.path)) held.path = held.path.slice(0, 2);
      return held;
    };
    for (const key of firstNumbers(shortened()).keys()) {
      const changed = shortened();
      firstNumbers(changed).get(key)?.();
      const { outcome } = await runGoldenCase(name, changed, "cpu");
      if (outcome !== "fail") unnoticed.push(key);
    }
    expect(unnoticed.sort()).toEqual(
      [
        ...(notCompared[name] ?? []),
        ...(name.startsWith("sklearn") ? ["kkt_violation"] : []),
      ].sort(),
    );
  });

  it.each(["sgd_l1_prox", "ema", "batchnorm1d"])("%s", async (name) => {
    const changed = read(name) as unknown as {
      float32: {
        snapshots: Record<string, Record<string, number[]>>;
        trace: Record<string, number[]>;
      };
    };
    const snapshot = changed.float32.snapshots["20"] as Record<string, number[]>;
    for (const values of [
      ...Object.values(snapshot),
      changed.float32.trace.base_loss as number[],
    ]) {
      const before = values[0] as number;
      values[0] = before + 1e-3;
      expect((await runGoldenCase(name, changed, "cpu")).outcome).toBe("fail");
      values[0] = before;
    }
    expect((await runGoldenCase(name, changed, "cpu")).outcome).toBe("pass");
  });
});

describe("what a case leaves behind", () => {
  it.each([
    [
      "a mask that is missing",
      "dropout_masks",
      (held: Held) => ((held.dropout_masks as Held[])[3] = {}),
    ],
    ["a batch that is missing", "batchnorm1d", (held: Held) => (held.batches as Json[]).pop()],
    [
      "a coefficient that is missing",
      "sklearn_lasso_path",
      (held: Held) => delete ((held.path as Held[])[2] as Held).coef,
    ],
    ["a row too many", "sklearn_logreg_l1", (held: Held) => (held.y_binary as Json[]).push(1)],
  ] as [string, string, (held: Held) => void][])(
    "%s: a failure in words and no tensors",
    async (_, name, spoil) => {
      const held = read(name);
      spoil(held);
      const before = tf.memory().numTensors;
      const result = await runGoldenCase(name, held, "cpu");
      expect(result.outcome).toBe("fail");
      expect(result.detail).toMatch(/mask|batch|coef|rows/);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it("says what it does not know", async () => {
    expect(await runGoldenCase("x", { schema: "h3-golden/1", colour: 1 }, "cpu")).toMatchObject({
      outcome: "not supported yet",
      detail: "no known kind of case has these keys: schema,colour",
    });
    expect((await runGoldenCase("x", [1], "cpu")).outcome).toBe("not supported yet");
    const held = read("sgd") as { config: Held };
    held.config.optimizer = "lion";
    expect(await runGoldenCase("x", held, "cpu")).toMatchObject({ detail: "lion" });
  });
});

/** Lasso by coordinate descent in double precision: another way to the same minimum. */
function coordinateDescent(x: number[][], y: number[], alpha: number): number[] {
  const [count, width] = [y.length, (x[0] as number[]).length];
  const w = new Array<number>(width).fill(0);
  const residual = [...y];
  for (let round = 0; round < 20_000; round++) {
    for (let k = 0; k < width; k++) {
      const column = x.map((row) => row[k] as number);
      const scale = column.reduce((sum, value) => sum + value * value, 0) / count;
      const before = w[k] as number;
      const pull =
        column.reduce((sum, value, i) => sum + value * (residual[i] as number), 0) / count +
        scale * before;
      const after = (Math.sign(pull) * Math.max(0, Math.abs(pull) - alpha)) / scale;
      column.forEach((value, i) => {
        residual[i] = (residual[i] as number) + value * (before - after);
      });
      w[k] = after;
    }
  }
  return w;
}

describe("paths by training", () => {
  it.each([1, 2, 3])("reach minima among strongly correlated inputs (data %i)", async (seed) => {
    const [count, width] = [50, 16];
    const sequence = new RandomSequence(seed, Stream.examples);
    // Every second column is nearly a copy of the one before: correlation 0.98.
    const x = Array.from({ length: count }, () => {
      const row = Array.from({ length: width }, () => sequence.normal());
      return row.map((own, k) => (k % 2 === 0 ? own : 0.98 * (row[k - 1] as number) + 0.2 * own));
    });
    const y = x.map((row) => (row[0] as number) * 2 - (row[4] as number) + sequence.normal());
    const alphas = [0.5, 0.1, 0.02, 0.005];
    const path = alphas.map((alpha) => ({ alpha, coef: coordinateDescent(x, y, alpha) }));
    const content = { X: x.flat(), y, l1_ratio: 1, path };
    const result = await runGoldenCase("made here", content, "cpu");
    expect(result.outcome, `${result.detail}: ${result.error}`).toBe("pass");
  });
});
