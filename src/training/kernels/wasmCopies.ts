// Copies on WASM: the stock slice first copies its whole input out of the heap, and the stock gather goes entry by entry.
import { tf } from "../tensors";
import { replaceWasmKernel, type WasmBackend } from "./wasmBackend";

const copied: readonly string[] = ["float32", "int32"];

/** Copies `size` entries from `offset` on into a new tensor. */
function copyRange(
  backend: WasmBackend,
  source: tf.TensorInfo,
  offset: number,
  shape: number[],
): tf.TensorInfo {
  const result = backend.makeOutput(shape, source.dtype);
  const size = tf.util.sizeFromShape(shape);
  const values = backend.typedArrayFromHeap(source);
  backend.typedArrayFromHeap(result).set(values.subarray(offset, offset + size));
  return result;
}

/** Slice, where the part is one contiguous range. */
function installSlice(): void {
  replaceWasmKernel("Slice", (stock) => ({
    kernelFunc: (call) => {
      const { x } = call.inputs as { x: tf.TensorInfo };
      const { begin, size } = call.attrs as unknown as { begin: number[]; size: number[] };
      const [start, shape] = tf.slice_util.parseSliceParams(x as tf.Tensor, begin, size);
      const whole = tf.slice_util.isSliceContinous(x.shape, start as number[], shape as number[]);
      if (!whole || !copied.includes(x.dtype)) return stock.kernelFunc(call);
      const offset = tf.slice_util.computeFlatOffset(
        start as number[],
        tf.util.computeStrides(x.shape),
      );
      return copyRange(call.backend as WasmBackend, x, offset, shape as number[]);
    },
  }));
}

/** SplitV of a vector. */
function installSplit(): void {
  replaceWasmKernel("SplitV", (stock) => ({
    kernelFunc: (call) => {
      const { x } = call.inputs as { x: tf.TensorInfo };
      const { numOrSizeSplits } = call.attrs as unknown as { numOrSizeSplits: number[] | number };
      if (x.shape.length !== 1 || !Array.isArray(numOrSizeSplits) || !copied.includes(x.dtype)) {
        return stock.kernelFunc(call);
      }
      let offset = 0;
      return numOrSizeSplits.map((size) => {
        const part = copyRange(call.backend as WasmBackend, x, offset, [size]);
        offset += size;
        return part;
      });
    },
  }));
}

/** GatherV2 of rows: a matrix, axis 0, a plain list of indices. */
function installGather(): void {
  replaceWasmKernel("GatherV2", (stock) => ({
    kernelFunc: (call) => {
      const { x, indices } = call.inputs as { x: tf.TensorInfo; indices: tf.TensorInfo };
      const { axis, batchDims } = call.attrs as unknown as { axis: number; batchDims: number };
      const [rows, width] = x.shape as [number, number];
      const plain = x.shape.length === 2 && indices.shape.length === 1 && indices.dtype === "int32";
      if (!plain || axis !== 0 || batchDims !== 0 || !copied.includes(x.dtype)) {
        return stock.kernelFunc(call);
      }
      const backend = call.backend as WasmBackend;
      const result = backend.makeOutput([indices.shape[0] as number, width], x.dtype);
      const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(result)];
      const order = backend.typedArrayFromHeap(indices) as unknown as Int32Array;
      for (let i = 0; i < order.length; i++) {
        const row = order[i] as number;
        if (row < 0 || row >= rows)
          throw new RangeError(`Index ${row} is outside the ${rows} rows.`);
        to.set(from.subarray(row * width, (row + 1) * width), i * width);
      }
      return result;
    },
  }));
}

/** Replaces the copying kernels of the WASM backend. */
export function installWasmCopies(): void {
  installSlice();
  installSplit();
  installGather();
}
