// Pruning, quantization and temperature scaling: what must hold for any weights and predictions.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitTemperature, nllAtTemperature } from "./calibrate";
import { applyMask, pruneMasks } from "./prune";
import { dequantize, quantizeInt8, roundHalfEven } from "./quantize";

const weight = fc.oneof(
  fc.float({ min: -4, max: 4, noNaN: true }),
  fc.constantFrom(0, -0, 0.5, -0.5, 0.25),
);
const tensor = fc.array(weight, { maxLength: 30 }).map((list) => Float32Array.from(list));
const tensors = fc.array(tensor, { minLength: 1, maxLength: 4 });
const fraction = fc.double({ min: 0, max: 1, noNaN: true });

const sizesWhere = (held: readonly Float32Array[], masks: readonly Uint8Array[], bit: number) =>
  held.flatMap((values, t) => [...values].filter((_, i) => masks[t]?.[i] === bit).map(Math.abs));

describe("magnitude pruning", () => {
  it("removes exactly the asked number, and nothing larger than what stays", () => {
    fc.assert(
      fc.property(tensors, fraction, fc.constantFrom("tensor", "all"), (held, share, scope) => {
        const masks = pruneMasks(held, share, scope as "tensor" | "all");
        const ranked = scope === "all" ? [held] : held.map((values) => [values]);
        let index = 0;
        for (const group of ranked) {
          const mine = masks.slice(index, index + group.length);
          index += group.length;
          const total = group.reduce((sum, values) => sum + values.length, 0);
          const [gone, kept] = [sizesWhere(group, mine, 0), sizesWhere(group, mine, 1)];
          expect(gone.length).toBe(Math.floor(share * total));
          expect(gone.length + kept.length).toBe(total);
          expect(Math.max(0, ...gone)).toBeLessThanOrEqual(
            Math.min(Number.POSITIVE_INFINITY, ...kept),
          );
        }
      }),
    );
  });

  it("lets the earlier of equal weights go, across tensors too", () => {
    const equal = Float32Array.of(1, -1, 1);
    expect(pruneMasks([equal, equal], 0.5, "all").map((mask) => [...mask])).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    expect([...applyMask(Float32Array.of(1, 2, 3), Uint8Array.of(1, 0, 1))]).toEqual([1, 0, 3]);
  });

  it("says what is wrong with its input", () => {
    expect(() => pruneMasks([Float32Array.of(1)], 1.5, "all")).toThrow("share is 1.5");
    expect(() => pruneMasks([Float32Array.of(1)], Number.NaN, "all")).toThrow("share is NaN");
    expect(() => pruneMasks([Float32Array.of(1, Number.NaN)], 0.5, "all")).toThrow(
      "Weight 1 of tensor 0 is NaN",
    );
  });
});

describe("int8 quantization", () => {
  it("errs by at most half a step, keeps signs, zeros and the largest weight", () => {
    fc.assert(
      fc.property(tensor, (weights) => {
        const quantized = quantizeInt8(weights);
        const back = dequantize(quantized);
        const largest = Math.max(0, ...[...weights].map(Math.abs));
        weights.forEach((value, i) => {
          const [ours, integer] = [back[i] as number, quantized.values[i] as number];
          expect(Math.abs(ours - value)).toBeLessThanOrEqual(
            quantized.scale * 0.5 + largest * 1e-6,
          );
          expect(Math.sign(integer) * Math.sign(value)).toBeGreaterThanOrEqual(0);
          if (value === 0) expect(integer === 0).toBe(true);
          if (Math.abs(value) === largest && largest > 0) expect(Math.abs(integer)).toBe(127);
        });
      }),
    );
  });

  it("rounds halves to even numbers", () => {
    expect([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.4, -2.6].map((x) => roundHalfEven(x) + 0)).toEqual([
      -2, -2, 0, 0, 2, 2, 2, -3,
    ]);
  });

  it("takes zeros and the smallest numbers", () => {
    expect(quantizeInt8(new Float32Array(3))).toEqual({ scale: 1, values: new Int8Array(3) });
    expect([...quantizeInt8(Float32Array.of(2 ** -149)).values]).toEqual([127]);
    expect(() => quantizeInt8(Float32Array.of(Number.POSITIVE_INFINITY))).toThrow(
      "Weight 0 is Infinity",
    );
  });
});

/** Two examples' worth of wrong answers make sure that the loss has a minimum. */
const predictions = fc.integer({ min: 2, max: 5 }).chain((classes) =>
  fc
    .array(
      fc.tuple(
        fc.array(fc.double({ min: -8, max: 8, noNaN: true }), {
          minLength: classes,
          maxLength: classes,
        }),
        fc.integer({ min: 0, max: classes - 1 }),
      ),
      { minLength: 2, maxLength: 30 },
    )
    .map((rows) => ({
      classes,
      logits: rows.flatMap(([logits]) => logits),
      labels: rows.map(([, label]) => label),
    })),
);

describe("temperature scaling", () => {
  it("finds a minimum: no other temperature has a lower loss", () => {
    fc.assert(
      fc.property(predictions, fc.double({ min: 0.5, max: 2, noNaN: true }), (given, factor) => {
        const { logits, labels, classes } = given;
        const { temperature, limit } = fitTemperature(logits, labels, classes);
        const loss = (t: number) => nllAtTemperature(logits, labels, classes, t);
        const best = loss(temperature);
        expect(temperature).toBeGreaterThan(0);
        expect(best).toBeLessThanOrEqual(loss(1) + 1e-9);
        if (limit === null) expect(best).toBeLessThanOrEqual(loss(temperature * factor) + 1e-9);
      }),
    );
  });

  it("scales with the logits, however large or small they are", () => {
    const [logits, labels] = [
      [2, 0, 0, 3, 1, 0.5, 0, 1],
      [0, 1, 1, 1],
    ];
    const { temperature } = fitTemperature(logits, labels, 2);
    for (const scale of [1e-30, 1e-3, 1e6, 1e100]) {
      const scaled = fitTemperature(
        logits.map((value) => value * scale),
        labels,
        2,
      );
      expect(scaled.temperature / scale / temperature).toBeCloseTo(1, 9);
    }
    // One example hugely wrong beside modest ones: the minimum lies far from the spread.
    const outlier = fitTemperature([...logits, 1e6, 0], [...labels, 0], 2);
    expect(outlier.temperature).toBeCloseTo(temperature, 9);
  });

  it("says when there is no minimum", () => {
    expect(fitTemperature([5, 0, 0, 5], [0, 1], 2).limit).toBe("sharper");
    expect(fitTemperature([5, 0, 0, 5], [1, 0], 2).limit).toBe("flatter");
    expect(fitTemperature([1, 1, 2, 2], [1, 0], 2)).toEqual({ temperature: 1, limit: null });
  });

  it("says what is wrong with its input", () => {
    expect(() => fitTemperature([1, 2], [2], 2)).toThrow("Label 0 is 2");
    expect(() => fitTemperature([1, Number.NaN], [0], 2)).toThrow("Logit 1 is NaN");
    expect(() => fitTemperature([1], [0], 2)).toThrow("need 2");
    expect(() => fitTemperature([], [], 2)).toThrow("at least one example");
    expect(() => fitTemperature([1], [0], 1)).toThrow("classes is 1");
    expect(() => nllAtTemperature([1, 2], [0], 2, 0)).toThrow("temperature is 0");
  });
});
