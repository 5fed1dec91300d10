// Copies on WASM: the stock kernels copy where a second handle would do, or copy more than they need, or go entry by entry.
import { tf } from "../tensors";
import { replaceWasmKernel, type WasmBackend } from "./wasmBackend";
import { addressOf, type MemoryBackend } from "./wasmMemory";
import { partInPlace, perform } from "./wasmWork";

interface CountingBackend extends WasmBackend {
  incRef(id: object): void;
}

const copied: readonly string[] = ["float32", "int32"];

/** Copies `size` entries from `offset` on into a new tensor. */
function copyRange(
  backend: WasmBackend,
  source: tf.TensorInfo,
  offset: number,
  shape: number[],
): tf.TensorInfo {
  const part = partInPlace(source, offset, shape);
  if (part) return part;
  const result = backend.makeOutput(shape, source.dtype);
  const size = tf.util.sizeFromShape(shape);
  perform(() => {
    const values = backend.typedArrayFromHeap(source);
    backend.typedArrayFromHeap(result).set(values.subarray(offset, offset + size));
  });
  return result;
}

/** Identity: another handle on the same memory, as on the other backends; nothing writes into a tensor that is held. */
function installIdentity(): void {
  replaceWasmKernel("Identity", (stock) => ({
    kernelFunc: (call) => {
      const { x } = call.inputs as { x: tf.TensorInfo };
      if (x.dtype === "string") return stock.kernelFunc(call);
      (call.backend as CountingBackend).incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
    },
  }));
}

/** Cast between types that are kept alike: nothing changes. */
function installCast(): void {
  replaceWasmKernel("Cast", (stock) => ({
    kernelFunc: (call) => {
      const { x } = call.inputs as { x: tf.TensorInfo };
      const { dtype } = call.attrs as unknown as { dtype: tf.DataType };
      const backend = call.backend as CountingBackend;
      if (x.dtype === dtype) {
        backend.incRef(x.dataId);
        return { dataId: x.dataId, shape: x.shape, dtype };
      }
      if (x.dtype === "string" || dtype === "string" || dtype === "complex64") {
        return stock.kernelFunc(call);
      }
      const result = backend.makeOutput(x.shape, dtype);
      perform(() =>
        backend.typedArrayFromHeap(result).set(backend.typedArrayFromHeap(x) as Float32Array),
      );
      return result;
    },
  }));
}

/** Tensors full of one number. */
function installFills(): void {
  const fill = (backend: WasmBackend, shape: number[], dtype: tf.DataType, value: number) => {
    const result = backend.makeOutput(shape, dtype);
    perform(() => backend.typedArrayFromHeap(result).fill(value));
    return result;
  };
  for (const [name, value] of [
    ["ZerosLike", 0],
    ["OnesLike", 1],
  ] as const) {
    replaceWasmKernel(name, (stock) => ({
      kernelFunc: (call) => {
        const { x } = call.inputs as { x: tf.TensorInfo };
        if (!copied.includes(x.dtype)) return stock.kernelFunc(call);
        return fill(call.backend as WasmBackend, x.shape, x.dtype, value);
      },
    }));
  }
  replaceWasmKernel("Fill", (stock) => ({
    kernelFunc: (call) => {
      const { shape, value, dtype } = call.attrs as unknown as {
        shape: number[];
        value: number;
        dtype?: tf.DataType;
      };
      const type = dtype ?? tf.util.inferDtype(value);
      if (!copied.includes(type)) return stock.kernelFunc(call);
      return fill(call.backend as WasmBackend, shape, type, value);
    },
  }));
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

/** Concat of vectors. */
function installConcat(): void {
  replaceWasmKernel("Concat", (stock) => ({
    kernelFunc: (call) => {
      const parts = Object.values(call.inputs) as tf.TensorInfo[];
      const { dtype } = parts[0] as tf.TensorInfo;
      const vectors = parts.every((part) => part.shape.length === 1 && part.dtype === dtype);
      if (!vectors || !copied.includes(dtype)) return stock.kernelFunc(call);
      const backend = call.backend as WasmBackend;
      const lengths = parts.map(({ shape }) => shape[0] as number);
      const total = lengths.reduce((sum, length) => sum + length, 0);
      const result = backend.makeOutput([total], dtype);
      const join = () => {
        const to = backend.typedArrayFromHeap(result);
        let offset = 0;
        parts.forEach((part, index) => {
          to.set(backend.typedArrayFromHeap(part), offset);
          offset += lengths[index] as number;
        });
      };
      const memory = backend as unknown as MemoryBackend;
      const ranges = parts.map((part, index) => ({
        at: addressOf(memory, part),
        bytes: tf.util.bytesPerElement(dtype) * (lengths[index] as number),
      }));
      perform(join, { joining: { parts: ranges, to: addressOf(memory, result) } });
      return result;
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
      perform(() => {
        const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(result)];
        const order = backend.typedArrayFromHeap(indices) as unknown as Int32Array;
        for (let i = 0; i < order.length; i++) {
          const row = order[i] as number;
          if (row < 0 || row >= rows) {
            throw new RangeError(`Index ${row} is outside the ${rows} rows.`);
          }
          to.set(from.subarray(row * width, (row + 1) * width), i * width);
        }
      });
      return result;
    },
  }));
}

/** Replaces the copying kernels of the WASM backend. */
export function installWasmCopies(): void {
  installIdentity();
  installCast();
  installFills();
  installSlice();
  installSplit();
  installConcat();
  installGather();
}
