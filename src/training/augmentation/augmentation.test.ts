// What augmentation may and may not do to examples: ranges, exact moves, convexity, and the same on every backend.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { RandomSequence } from "../../data/random";
import { defaultExperiment, type Experiment } from "../../experiment/schema";
import { tensorsOf } from "../stepValues";
import { tf, tidy } from "../tensors";
import { switchBackend } from "../testing";
import { drawBeta, drawMixing, drawPictureChanges, type PictureChange } from "./draws";
import { augment } from "./index";
import { changePictures } from "./pictures";
import { pictureTables } from "./tables";

const none = defaultExperiment.augmentation;
const unscaled = { offset: Float32Array.of(0), factor: Float32Array.of(1) };
const [height, width] = [6, 5];
const still: PictureChange = {
  down: 0,
  right: 0,
  mirrored: false,
  brightness: 1,
  contrast: 1,
  saturation: 1,
  erased: null,
};
const everything = {
  ...none,
  crop: 2,
  flip: "horizontal",
  brightness: 0.4,
  contrast: 0.4,
  saturation: 0.4,
  erasing: 0.5,
} as const;

/** Bytes that differ from place to place. */
const picture = (channels: number) =>
  Float32Array.from({ length: height * width * channels }, (_, i) => 1 + ((37 * i) % 250));

/** One picture through the device, and back as numbers. */
function changed(
  values: Float32Array,
  change: PictureChange,
  settings: Experiment["augmentation"],
  channels = 1,
): number[] {
  return tidy(() => {
    const inputs = tf.tensor2d(values, [1, values.length]);
    const shape = [height, width, channels];
    const tables = tensorsOf(pictureTables([change], settings, width));
    return [...changePictures(inputs, tables, shape, unscaled).dataSync()];
  });
}

describe.each(["cpu", "wasm"] as const)("pictures on %s", (backend) => {
  beforeAll(() => switchBackend(backend));

  it("move by whole pixels, mirror, and come in black from outside", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: -3, max: 3 }),
        fc.boolean(),
        (down, right, mirrored) => {
          const values = picture(1);
          const settings = { ...none, crop: 3, flip: "horizontal" } as const;
          const found = changed(values, { ...still, down, right, mirrored }, settings);
          const at = (row: number, column: number) =>
            row < 0 || row >= height || column < 0 || column >= width
              ? 0
              : (values[row * width + column] as number);
          for (let row = 0; row < height; row++) {
            for (let column = 0; column < width; column++) {
              const from = mirrored ? width - 1 - column : column;
              expect(found[row * width + column]).toBe(at(row + down, from + right));
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("are erased inside the rectangle and nowhere else", () => {
    const erased = { top: 1, left: 2, height: 3, width: 2 };
    const values = picture(3);
    const found = changed(values, { ...still, erased }, { ...none, erasing: 1 }, 3);
    found.forEach((value, i) => {
      const [row, column] = [Math.floor(i / (3 * width)), Math.floor(i / 3) % width];
      const inside = row >= 1 && row < 4 && column >= 2 && column < 4;
      expect(value).toBe(inside ? 0 : values[i]);
    });
  });

  it("get brighter by a factor, within a byte's range", () => {
    const values = picture(1);
    const found = changed(values, { ...still, brightness: 1.4 }, { ...none, brightness: 0.5 });
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(Math.min(255, 1.4 * (values[i] as number)), 2);
    });
  });

  it("move away from their mean grey by contrast and from their own grey by saturation", () => {
    const values = picture(3).map((value) => 60 + value / 4);
    const grey = (i: number) => {
      const first = 3 * Math.floor(i / 3);
      const [r, g, b] = values.subarray(first, first + 3) as unknown as [number, number, number];
      return 0.2989 * r + 0.587 * g + 0.114 * b;
    };
    const mean = values.reduce((sum, _, i) => sum + grey(i), 0) / values.length;
    const contrast = changed(values, { ...still, contrast: 1.3 }, { ...none, contrast: 0.5 }, 3);
    const saturation = changed(
      values,
      { ...still, saturation: 0.4 },
      { ...none, saturation: 0.8 },
      3,
    );
    values.forEach((value, i) => {
      expect(contrast[i]).toBeCloseTo(mean + 1.3 * (value - mean), 2);
      expect(saturation[i]).toBeCloseTo(grey(i) + 0.4 * (value - grey(i)), 2);
    });
  });
});

describe("draws", () => {
  it("stay within the ranges that the settings name", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.integer({ min: 1, max: 10_000 }),
        (crop, strength, seed, step) => {
          const settings = { ...everything, crop, brightness: strength, erasing: 1 };
          for (const change of drawPictureChanges(settings, seed, step, 20, 28, 32)) {
            expect(Math.abs(change.down)).toBeLessThanOrEqual(crop);
            expect(Math.abs(change.right)).toBeLessThanOrEqual(crop);
            expect(Math.abs(change.brightness - 1)).toBeLessThanOrEqual(strength + 1e-12);
            const {
              top,
              left,
              height: h,
              width: w,
            } = change.erased as never as {
              top: number;
              left: number;
              height: number;
              width: number;
            };
            expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
            expect(top + h).toBeLessThanOrEqual(28);
            expect(left + w).toBeLessThanOrEqual(32);
            expect(h * w).toBeGreaterThanOrEqual(0.015 * 28 * 32);
            expect(h * w).toBeLessThanOrEqual(0.36 * 28 * 32);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("reach every shift about equally often, and mirror half of the pictures", () => {
    const settings = { ...none, crop: 1, flip: "horizontal" } as const;
    const changes = drawPictureChanges(settings, 3, 7, 9000, 28, 28);
    for (const shift of [-1, 0, 1]) {
      const share = changes.filter(({ down }) => down === shift).length / changes.length;
      expect(share).toBeGreaterThan(0.31);
      expect(share).toBeLessThan(0.36);
    }
    const mirrored = changes.filter((change) => change.mirrored).length / changes.length;
    expect(mirrored).toBeGreaterThan(0.48);
    expect(mirrored).toBeLessThan(0.52);
  });

  it("differ from step to step and do not depend on each other", () => {
    const alone = drawPictureChanges({ ...none, crop: 4 }, 1, 5, 8, 28, 28);
    const together = drawPictureChanges({ ...everything, crop: 4 }, 1, 5, 8, 28, 28);
    const place = ({ down, right }: PictureChange) => [down, right];
    expect(together.map(place)).toEqual(alone.map(place));
    expect(drawPictureChanges({ ...none, crop: 4 }, 1, 6, 8, 28, 28)).not.toEqual(alone);
  });

  it.each([0.1, 0.4, 1, 4])("of Beta(%d, same) have its mean and variance", (alpha) => {
    const sequence = new RandomSequence(2, 3);
    const values = Array.from({ length: 20_000 }, () => drawBeta(sequence, alpha));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(0.5, 1);
    expect(variance).toBeCloseTo(1 / (4 * (2 * alpha + 1)), 2);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
  });

  it("pair every example with another one, once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 1, max: 999 }), (n, step) => {
        const { partners } = drawMixing(0.3, 5, step, n);
        expect(new Set(partners).size).toBe(n);
        partners.forEach((partner, i) => {
          expect(partner).not.toBe(i);
        });
      }),
    );
  });
});

describe("a batch", () => {
  const dataset = {
    type: "classification",
    inputShape: [height, width, 3],
    scaling: { offset: Float32Array.of(100), factor: Float32Array.of(0.02) },
  } as const;
  const count = 7;
  const size = height * width * 3;
  const inputs = Float32Array.from({ length: count * size }, (_, i) => (i % 97) / 20 - 2);
  const make = () => ({
    inputs: tf.tensor2d(inputs, [count, size]),
    targets: tf.tidy(() => tf.cast(tf.oneHot(tf.range(0, count, 1, "int32"), count), "float32")),
  });
  const experimentWith = (augmentation: Partial<Experiment["augmentation"]>): Experiment => ({
    ...defaultExperiment,
    augmentation: { ...none, ...augmentation },
  });

  it("is left alone, the very tensors, when nothing is set", async () => {
    await switchBackend("cpu");
    const batch = make();
    expect(augment(batch, defaultExperiment, dataset, 1)).toBe(batch);
    tf.dispose([batch.inputs, batch.targets]);
  });

  it("is blended so that every value lies between two examples and every label sums to 1", async () => {
    await switchBackend("cpu");
    for (let step = 1; step <= 10; step++) {
      const { share, partners } = drawMixing(0.8, defaultExperiment.seed, step, count);
      const { inputs: mixed, targets } = augment(
        make(),
        experimentWith({ mixup: 0.8 }),
        dataset,
        step,
      );
      const found = mixed.dataSync();
      const labels = targets.dataSync() as Float32Array;
      found.forEach((value, i) => {
        const [row, column] = [Math.floor(i / size), i % size];
        const own = inputs[i] as number;
        const other = inputs[(partners[row] as number) * size + column] as number;
        expect(value).toBeCloseTo(share * own + (1 - share) * other, 4);
      });
      for (let row = 0; row < count; row++) {
        const distribution = labels.subarray(row * count, (row + 1) * count);
        expect(distribution.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
        expect(distribution[row]).toBeCloseTo(share, 5);
      }
      tf.dispose([mixed, targets]);
    }
  });

  it("is changed in the same way on cpu and wasm, and nothing is left behind", async () => {
    const results: Float32Array[] = [];
    for (const backend of ["cpu", "wasm"] as const) {
      await switchBackend(backend);
      const before = tf.memory().numTensors;
      const batch = augment(make(), experimentWith({ ...everything, mixup: 0.5 }), dataset, 3);
      results.push(batch.inputs.dataSync() as Float32Array);
      tf.dispose([batch.inputs, batch.targets]);
      expect(tf.memory().numTensors).toBe(before);
    }
    const [cpu, wasm] = results as [Float32Array, Float32Array];
    cpu.forEach((value, i) => {
      expect(Math.abs(value - (wasm[i] as number))).toBeLessThan(1e-4);
    });
  });
});
