// Int8 quantization against a reference file, exact ties included.
import { dequantize, quantizeInt8 } from "../lab/quantize";
import type { Content, Family } from "./family";
import { asFloat32, entriesAt, isContent, numberAt, numbersAt } from "./reading";

const isQuantized = (value: unknown) => isContent(value) && "q" in value && "scale" in value;

/** Largest and mean squared error of q·scale, in double precision. */
function errorsOf(weights: Float32Array, values: Int8Array, scale: number) {
  let largest = 0;
  let squares = 0;
  weights.forEach((weight, i) => {
    const error = Math.abs(weight - (values[i] as number) * scale);
    largest = Math.max(largest, error);
    squares += error * error;
  });
  return { largest, meanSquare: squares / weights.length };
}

export const quantizeFamily: Family = {
  name: "quantization",
  recognises: ({ matrices }) =>
    Array.isArray(matrices) && matrices.length > 0 && matrices.every(isQuantized),
  run(content, deviations, limits) {
    entriesAt(content, "matrices").forEach((expected: Content, index) => {
      const weights = asFloat32(numbersAt(expected, "weights"));
      const quantized = quantizeInt8(weights);
      const compare = (key: string, ours: ArrayLike<number>, tolerance = limits.double) => {
        if (!(key in expected)) return;
        const theirs = Array.isArray(expected[key])
          ? numbersAt(expected, key)
          : [numberAt(expected, key)];
        deviations.compare(`${key} of matrix ${index}`, ours, theirs, tolerance);
      };
      compare("scale", [quantized.scale]);
      compare("q", quantized.values, { absolute: 0, relative: 0 });
      compare("dequantized", dequantize(quantized), limits.rounded);
      const errors = errorsOf(weights, quantized.values, quantized.scale);
      compare("max_abs_error", [errors.largest]);
      compare("mse", [errors.meanSquare]);
    });
  },
};
