// Matrix products on WASM by our own module: any strides, so no transposes; no packed copies of weights kept; the machine's multiply-add where it has one.

import type { tf } from "../tensors";
import { floatBytes } from "../webAssembly/names";
import { replaceWasmKernel } from "./wasmBackend";
import { addressOf, type MemoryBackend } from "./wasmMemory";
import { type Matrix, multiplyOnce, plainRows, productIn } from "./wasmProduct";
import { perform } from "./wasmWork";

function matrixOf(backend: MemoryBackend, tensor: tf.TensorInfo, transposed: boolean): Matrix {
  const columns = floatBytes * (tensor.shape.at(-1) as number);
  const at = addressOf(backend, tensor);
  return transposed
    ? { at, down: floatBytes, right: columns }
    : { at, down: columns, right: floatBytes };
}

const isSingle = ({ shape, dtype }: tf.TensorInfo) =>
  dtype === "float32" && (shape.length === 2 || (shape.length === 3 && shape[0] === 1));

/** a · b for matrices in the heap, [rows, inner] × [inner, columns], of which each may be transposed first. */
function multiplyInHeap(
  backend: MemoryBackend,
  [a, b]: readonly [tf.TensorInfo, tf.TensorInfo],
  [transposeA, transposeB]: readonly [boolean, boolean],
): tf.TensorInfo {
  const inner = a.shape.at(transposeA ? -2 : -1) as number;
  const rows = a.shape.at(transposeA ? -1 : -2) as number;
  const columns = b.shape.at(transposeB ? -2 : -1) as number;
  const flat = a.shape.length === 2 && b.shape.length === 2;
  const result = backend.makeOutput(flat ? [rows, columns] : [1, rows, columns], "float32");
  if (rows * columns === 0) return result;
  if (inner === 0) {
    perform(() => backend.typedArrayFromHeap(result).fill(0));
    return result;
  }
  const product = productIn(backend);
  const left = plainRows(matrixOf(backend, a, transposeA), rows, inner);
  const sides = [left, matrixOf(backend, b, transposeB)] as const;
  const to = { at: addressOf(backend, result), columns };
  perform(() => multiplyOnce(backend, product, sides, to));
  return result;
}

/** Replaces BatchMatMul on the WASM backend, except for several products at once. Call when the backend is up. */
export function installWasmMatMul(): void {
  replaceWasmKernel("BatchMatMul", (stock) => ({
    kernelFunc: (call) => {
      const { a, b } = call.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      const { transposeA, transposeB } = call.attrs as unknown as {
        transposeA: boolean;
        transposeB: boolean;
      };
      if (!isSingle(a) || !isSingle(b)) return stock.kernelFunc(call);
      const backend = call.backend as unknown as MemoryBackend;
      return multiplyInHeap(backend, [a, b], [transposeA, transposeB]);
    },
  }));
}
