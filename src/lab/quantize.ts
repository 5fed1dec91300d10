// Weights as 8-bit integers with one scale per tensor, and back: a quarter of the bytes of float32.

/** Largest integer used; −128 stays unused so that the grid is symmetric. */
const largestInteger = 127;

export interface QuantizedTensor {
  /** What one integer step stands for, above 0. */
  readonly scale: number;
  /** In [−127, 127]. */
  readonly values: Int8Array;
}

/** The nearest integer; of two equally near ones the even one (IEEE 754, as numpy.rint). Math.round takes the upper one. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * Symmetric int8 quantization per tensor (Jacob et al. 2018, zero point 0): scale = max|w|/127, q = round(w/scale), half to even.
 * A tensor of zeros gets scale 1.
 * @throws RangeError when a weight is not finite
 */
export function quantizeInt8(weights: Float32Array): QuantizedTensor {
  let largest = 0;
  weights.forEach((weight, index) => {
    if (!Number.isFinite(weight)) {
      throw new RangeError(`Weight ${index} is ${weight}: only finite weights can be quantized.`);
    }
    largest = Math.max(largest, Math.abs(weight));
  });
  const scale = largest === 0 ? 1 : largest / largestInteger;
  const values = Int8Array.from(weights, (weight) =>
    Math.min(largestInteger, Math.max(-largestInteger, roundHalfEven(weight / scale))),
  );
  return { scale, values };
}

/** The weights that the integers stand for, q·scale. */
export function dequantize({ scale, values }: QuantizedTensor): Float32Array {
  return Float32Array.from(values, (value) => value * scale);
}
