// The inside of TensorFlow.js' WASM backend, as far as recording reaches into it (pinned at 4.22.0).
import type { MemoryBackend } from "../../kernels/wasmMemory";
import { tf } from "../../tensors";

export type DataId = tf.TensorInfo["dataId"];

/** What the backend knows of a tensor. */
export interface HeapData {
  /** Number by which stock kernels know it. */
  readonly id: number;
  readonly memoryOffset: number;
  readonly shape: number[];
  readonly dtype: tf.DataType;
  refCount: number;
}

export interface HeapBackend extends Omit<MemoryBackend, "wasm" | "dataIdMap"> {
  readonly wasm: MemoryBackend["wasm"] & {
    readonly tfjs: {
      registerTensor(id: number, size: number, address: number): void;
      disposeData(id: number): void;
    };
  };
  readonly dataIdMap: {
    has(id: DataId): boolean;
    get(id: DataId): HeapData;
    set(id: DataId, data: HeapData): void;
    delete(id: DataId): boolean;
  };
  dataIdNextNumber: number;
  move(
    id: DataId,
    values: ArrayBufferView | null,
    shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void;
  disposeData(id: DataId, force?: boolean): boolean;
  readSync(id: DataId, start?: number, end?: number): ArrayBufferView;
  read(id: DataId): Promise<ArrayBufferView>;
}

const members = [
  "wasm",
  "dataIdMap",
  "dataIdNextNumber",
  "move",
  "disposeData",
  "readSync",
  "read",
  "typedArrayFromHeap",
] as const;

/** The backend in use if it is WASM and built as expected, else null. */
export function heapBackend(): HeapBackend | null {
  if (tf.getBackend() !== "wasm") return null;
  const backend = tf.backend() as unknown as HeapBackend;
  const known = members.every((name) => backend[name] !== undefined);
  return known && backend.wasm.tfjs.registerTensor !== undefined ? backend : null;
}

/** The bytes of a tensor; growth of the heap detaches them. */
export function bytesOf(backend: HeapBackend, { dataId }: tf.TensorInfo): Uint8Array {
  const { memoryOffset, shape, dtype } = backend.dataIdMap.get(dataId);
  const length = tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype);
  return backend.wasm.HEAPU8.subarray(memoryOffset, memoryOffset + length);
}

/** A new tensor with the same values in memory of its own. The caller disposes it. */
export function heapCopy<T extends tf.Tensor>(backend: HeapBackend, tensor: T): T {
  const info = backend.makeOutput([...tensor.shape], tensor.dtype);
  bytesOf(backend, info).set(bytesOf(backend, tensor));
  return tf.engine().makeTensorFromTensorInfo(info) as T;
}
