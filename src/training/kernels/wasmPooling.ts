// The gradient of max pooling on WASM: the stock kernel is silently wrong where a window's maximum is not above 0.

import { tf } from "../tensors";
import { halvingGradient } from "../webAssembly/halving";
import { floatBytes } from "../webAssembly/names";
import { replaceWasmKernel, type WasmBackend } from "./wasmBackend";
import { addressOf, type MemoryBackend, wasmFunctionOf } from "./wasmMemory";
import { perform } from "./wasmWork";

type Geometry = ReturnType<typeof tf.backend_util.computePool2DInfo>;
type Parameters2D = Parameters<typeof tf.backend_util.computePool2DInfo>;

interface PoolAttributes {
  readonly filterSize: Parameters2D[1];
  readonly strides: Parameters2D[2];
  readonly pad: Parameters2D[4];
  readonly dimRoundingMode?: Parameters2D[5];
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
function scatterToMaxima(
  x: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
  geometry: Geometry,
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

/** True for windows of 2×2 side by side, all of them whole. */
function isPlainHalving(geometry: Geometry): boolean {
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = geometry;
  const sides = [strideHeight, strideWidth, filterHeight, filterWidth];
  const zeros = padInfo.top + padInfo.bottom + padInfo.left + padInfo.right;
  return sides.every((side) => side === 2) && zeros === 0;
}

/** The same for windows of 2×2 side by side inside the picture, without inner loops; `dx` must be 0. */
function scatterHalved(
  x: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
  { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth }: Geometry,
): void {
  const below = inWidth * inChannels;
  let from = 0;
  for (let example = 0; example < batchSize; example++) {
    for (let row = 0; row < outHeight; row++) {
      let first = (example * inHeight + 2 * row) * below;
      for (let column = 0; column < outWidth; column++) {
        for (let channel = 0; channel < inChannels; channel++, first++, from++) {
          const right = first + inChannels;
          let best = first;
          let largest = x[first] as number;
          if ((x[right] as number) > largest) {
            best = right;
            largest = x[right] as number;
          }
          if ((x[first + below] as number) > largest) {
            best = first + below;
            largest = x[best] as number;
          }
          if ((x[right + below] as number) > largest) best = right + below;
          dx[best] = dy[from] as number;
        }
        first += inChannels;
      }
    }
  }
}

/** The same by our own function, four channels at a time. Places are addresses of x, dy and dx. */
function scatterHalvedInHeap(
  backend: MemoryBackend,
  [x, dy, dx]: readonly [number, number, number],
  { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth }: Geometry,
): void {
  const run = wasmFunctionOf(backend, "halve", () => halvingGradient);
  const pixel = floatBytes * inChannels;
  const below = pixel * inWidth;
  const outRow = pixel * outWidth;
  for (let row = 0; row < batchSize * outHeight; row++) {
    const example = Math.floor(row / outHeight);
    const down = below * (example * inHeight + 2 * (row % outHeight));
    const from = dy + outRow * row;
    run(x + down, dx + down, from, from + outRow, below, pixel);
  }
}

/** Replaces MaxPoolGrad on the WASM backend. */
export function installWasmPooling(): void {
  replaceWasmKernel("MaxPoolGrad", () => ({
    kernelFunc: ({ inputs, attrs, backend }) => {
      const wasm = backend as WasmBackend;
      const { dy, input } = inputs as { dy: tf.TensorInfo; input: tf.TensorInfo };
      const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as PoolAttributes;
      const geometry = tf.backend_util.computePool2DInfo(
        input.shape as Parameters2D[0],
        filterSize,
        strides,
        1,
        pad,
        dimRoundingMode,
      );
      const dx = wasm.makeOutput(input.shape, "float32");
      const values = (tensor: tf.TensorInfo) => wasm.typedArrayFromHeap(tensor);
      const memory = backend as unknown as MemoryBackend;
      const places = [input, dy, dx].map((tensor) => addressOf(memory, tensor));
      const halves = isPlainHalving(geometry);
      const inVectors =
        halves && geometry.inChannels % 4 === 0 && tf.env().getBool("WASM_HAS_SIMD_SUPPORT");
      const scatter = halves ? scatterHalved : scatterToMaxima;
      // Windows side by side write every entry but those of a last odd row or column.
      const isCovered = inVectors && geometry.inHeight % 2 === 0 && geometry.inWidth % 2 === 0;
      perform(() => {
        if (!isCovered) values(dx).fill(0);
        if (inVectors) {
          scatterHalvedInHeap(memory, places as [number, number, number], geometry);
        } else scatter(values(input), values(dy), values(dx), geometry);
      });
      return dx;
    },
  }));
}
