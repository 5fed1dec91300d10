// The gradient of max pooling in plain loops over windows of any size.
import { tf } from "../tensors";

export type PoolGeometry = ReturnType<typeof tf.backend_util.computePool2DInfo>;
type Parameters2D = Parameters<typeof tf.backend_util.computePool2DInfo>;

interface PoolAttributes {
  readonly filterSize: Parameters2D[1];
  readonly strides: Parameters2D[2];
  readonly pad: Parameters2D[4];
  readonly dimRoundingMode?: Parameters2D[5];
}

/** @param attributes as core hands them to the kernels */
export function geometryOf(input: readonly number[], attributes: unknown): PoolGeometry {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as PoolAttributes;
  return tf.backend_util.computePool2DInfo(
    input as Parameters2D[0],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/** Windows along one axis: where each starts and ends inside the picture. */
function windowsAlong(
  count: number,
  stride: number,
  padding: number,
  window: number,
  size: number,
): readonly (readonly [start: number, end: number])[] {
  return Array.from({ length: count }, (_, i) => {
    const start = i * stride - padding;
    return [Math.max(0, start), Math.min(size, start + window)] as const;
  });
}

/** Adds each entry of `dy` to the largest entry of its window in `dx`; the first one where several are equal. */
export function scatterToMaxima(
  x: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
  geometry: PoolGeometry,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = geometry;
  const { strideHeight, strideWidth, filterHeight, filterWidth } = geometry;
  const rows = windowsAlong(outHeight, strideHeight, padInfo.top, filterHeight, inHeight);
  const columns = windowsAlong(outWidth, strideWidth, padInfo.left, filterWidth, inWidth);
  let from = 0;
  for (let example = 0; example < batchSize; example++) {
    for (const [top, bottom] of rows) {
      for (const [left, right] of columns) {
        const empty = top >= bottom || left >= right;
        const first = ((example * inHeight + top) * inWidth + left) * inChannels;
        for (let channel = 0; channel < inChannels && !empty; channel++) {
          let best = first + channel;
          let largest = x[best] as number;
          for (let row = 0; row < bottom - top; row++) {
            let index = first + channel + row * inWidth * inChannels;
            for (let column = left; column < right; column++, index += inChannels) {
              const value = x[index] as number;
              if (value > largest) {
                largest = value;
                best = index;
              }
            }
          }
          dx[best] = (dx[best] as number) + (dy[from + channel] as number);
        }
        from += inChannels;
      }
    }
  }
}
