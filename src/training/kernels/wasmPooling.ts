// The gradient of max pooling on WASM: the stock kernel is silently wrong where a window's maximum is not above 0.

import { tf } from "../tensors";
import { halvingGradient } from "../webAssembly/halving";
import { floatBytes } from "../webAssembly/names";
import { geometryOf, type PoolGeometry, scatterToMaxima } from "./poolingLoops";
import { replaceWasmKernel, type WasmBackend } from "./wasmBackend";
import { addressOf, type MemoryBackend, wasmFunctionOf } from "./wasmMemory";
import { perform } from "./wasmWork";

/** True for windows of 2×2 side by side, all of them whole. */
function isPlainHalving(geometry: PoolGeometry): boolean {
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
  { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth }: PoolGeometry,
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
  { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth }: PoolGeometry,
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
      const geometry = geometryOf(input.shape, attrs);
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
