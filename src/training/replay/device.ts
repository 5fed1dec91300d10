// The inside of TensorFlow.js' WebGPU backend, as far as recording reaches into it (pinned at 4.22.0), and copies on the device.
import { type Tensor, tf } from "../tensors";

export type DataId = tf.TensorInfo["dataId"];

/** What the backend knows of a tensor. */
export interface TensorData {
  /** Values on the host; null once they are only on the device. */
  values: ArrayLike<number> | null;
  readonly shape: number[];
  readonly dtype: "float32" | "int32" | "bool";
  resource?: GPUBuffer | null;
}

export interface BufferSource {
  acquireBuffer(size: number, usage: number, mapped?: boolean, reuse?: boolean): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
}

export interface DeviceBackend {
  readonly device: GPUDevice;
  queue: Pick<GPUQueue, "writeBuffer" | "submit">;
  bufferManager: BufferSource;
  commandEncoder: Pick<
    GPUCommandEncoder,
    "beginComputePass" | "copyBufferToBuffer" | "finish"
  > | null;
  commandQueueOwnedIds: Pick<WeakSet<object>, "has" | "add">;
  readonly tensorMap: { has(id: DataId): boolean; get(id: DataId): TensorData };
  uploadToGPU(id: DataId): void;
  disposeData(id: DataId): boolean;
  computePassEncoder: Pick<
    GPUComputePassEncoder,
    "setPipeline" | "setBindGroup" | "dispatchWorkgroups"
  > | null;
  dispatchCountInPass: number;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  read(id: DataId): Promise<unknown>;
  readSync(id: DataId): unknown;
  makeTensorInfo(shape: readonly number[], dtype: string, values?: Float32Array): tf.TensorInfo;
}

const members = [
  "device",
  "queue",
  "bufferManager",
  "tensorMap",
  "commandQueueOwnedIds",
  "uploadToGPU",
  "dispatchCountInPass",
  "ensureCommandEncoderReady",
  "endComputePassEncoder",
  "submitQueue",
  "makeTensorInfo",
] as const;

/** The backend in use if it is WebGPU and built as expected, else null. */
export function deviceBackend(): DeviceBackend | null {
  if (tf.getBackend() !== "webgpu") return null;
  const backend = tf.backend() as unknown as DeviceBackend;
  return members.every((name) => backend[name] !== undefined) ? backend : null;
}

/** Sends what is encoded so far, so that later writes and commands come after it. */
export function sendPending(backend: DeviceBackend): void {
  if (!backend.commandEncoder) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** The buffer of a tensor, uploaded first where it is still on the host. */
export function bufferOf(backend: DeviceBackend, { dataId }: tf.TensorInfo): GPUBuffer {
  backend.uploadToGPU(dataId);
  return backend.tensorMap.get(dataId).resource as GPUBuffer;
}

/** Encodes a copy of a tensor's values into another of the same size; what was read from it before is forgotten. */
export function copyInto(backend: DeviceBackend, from: tf.TensorInfo, to: tf.TensorInfo): void {
  const [source, target] = [bufferOf(backend, from), bufferOf(backend, to)];
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.commandEncoder?.copyBufferToBuffer(source, 0, target, 0, target.size);
  backend.tensorMap.get(to.dataId).values = null;
  backend.commandQueueOwnedIds.add(from.dataId);
  backend.commandQueueOwnedIds.add(to.dataId);
}

/** A new tensor on the device whose values are still to be written. */
export function emptyTensor(
  backend: DeviceBackend,
  shape: readonly number[],
  dtype: "float32" | "int32",
): Tensor {
  const info = backend.makeTensorInfo(shape, dtype);
  backend.uploadToGPU(info.dataId);
  return tf.engine().makeTensorFromTensorInfo(info) as Tensor;
}
