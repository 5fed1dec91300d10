// What the engine holds at the moment, by its own count: the page shows it, and tests of memory rely on it.
import { tf } from "./tensors";

export interface Account {
  readonly tensors: number;
  /** Bytes of all tensors together. */
  readonly bytes: number;
  /** Bytes taken from the graphics card or, on WASM, the size of its memory; null in plain JavaScript. */
  readonly deviceBytes: number | null;
}

interface DeviceMemory {
  readonly numBytesAllocatedInGPU?: number;
  readonly numBytesInGPUAllocated?: number;
}

interface WasmInside {
  readonly wasm?: { readonly asm?: { readonly memory?: WebAssembly.Memory } };
}

/** WebGPU and WebGL name it differently; WASM does not tell. */
function deviceBytes(memory: DeviceMemory): number | null {
  const { wasm } = tf.backend() as unknown as WasmInside;
  return (
    memory.numBytesAllocatedInGPU ??
    memory.numBytesInGPUAllocated ??
    wasm?.asm?.memory?.buffer.byteLength ??
    null
  );
}

export function takeAccount(): Account {
  const memory = tf.memory();
  return {
    tensors: memory.numTensors,
    bytes: memory.numBytes,
    deviceBytes: deviceBytes(memory as DeviceMemory),
  };
}
