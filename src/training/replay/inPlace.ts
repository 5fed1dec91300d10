// Tensors where replayed steps write in place: copies that stay as they are, and values that change where they lie.
import { type Tensor, tf } from "../tensors";
import { bufferOf, copyInto, deviceBackend, emptyTensor, sendPending } from "./device";
import { bytesOf, heapBackend, heapCopy } from "./heap/backend";

/**
 * A tensor with the same values that stays as it is: on WebGPU and WASM, where replayed steps write in place, a real copy;
 * elsewhere a new handle. The caller disposes it.
 */
export function steadyCopy<T extends Tensor>(tensor: T): T {
  const heap = heapBackend();
  if (heap) return heapCopy(heap, tensor);
  const device = deviceBackend();
  if (!device) return tf.clone(tensor);
  const copy = emptyTensor(device, tensor.shape, tensor.dtype as "float32");
  copyInto(device, tensor, copy);
  return copy as T;
}

/** A tensor with new values: on WebGPU and WASM the same one, written in place; elsewhere a new one, and the old one is freed. */
export function overwritten<T extends Tensor>(tensor: T, values: Float32Array<ArrayBuffer>): T {
  const heap = heapBackend();
  if (heap) {
    bytesOf(heap, tensor).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return tensor;
  }
  const device = deviceBackend();
  if (!device) {
    tensor.dispose();
    return tf.tensor(values, tensor.shape, "float32") as T;
  }
  const buffer = bufferOf(device, tensor);
  sendPending(device);
  device.queue.writeBuffer(buffer, 0, values);
  device.tensorMap.get(tensor.dataId).values = null;
  return tensor;
}
