// Small WebAssembly modules of our own that work in the memory of TensorFlow.js' WASM backend.

import { tf } from "../tensors";
import { multiplyAddProbe, printModule, vectorProbe, type WasmFunction } from "../webAssembly/code";
import type { WasmBackend } from "./wasmBackend";

/** The parts of the backend that hold its memory; its own types do not export them. */
export interface MemoryBackend extends WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    readonly HEAPF32: Float32Array;
    readonly HEAP32: Int32Array;
    readonly asm?: { readonly memory?: WebAssembly.Memory };
    readonly wasmMemory?: WebAssembly.Memory;
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  readonly dataIdMap: {
    get(id: object): { readonly memoryOffset: number; readonly id: number };
  };
}

export type Run = (...addressesAndCounts: number[]) => void;

/** The backend in use. */
export const memoryBackend = (): MemoryBackend => tf.backend() as unknown as MemoryBackend;

/** @throws where the memory cannot be reached. */
export function memoryOf({ wasm }: MemoryBackend): WebAssembly.Memory {
  const memory = wasm.asm?.memory ?? wasm.wasmMemory;
  if (!memory) throw new Error("The memory of the WASM backend cannot be reached.");
  return memory;
}

/** Address of a tensor in bytes. It stays the same as long as the tensor lives. */
export const addressOf = (backend: MemoryBackend, { dataId }: tf.TensorInfo): number =>
  backend.dataIdMap.get(dataId).memoryOffset;

const compiled = new WeakMap<WebAssembly.Memory, Map<string, Run>>();

/** The function that `print` prints, compiled once for each memory and key. @throws where such modules do not work. */
export function wasmFunctionOf(
  backend: MemoryBackend,
  key: string,
  print: () => WasmFunction,
): Run {
  const memory = memoryOf(backend);
  const known = compiled.get(memory) ?? new Map<string, Run>();
  compiled.set(memory, known);
  const before = known.get(key);
  if (before) return before;
  const printed = print();
  const isShared = !(memory.buffer instanceof ArrayBuffer);
  const module = new WebAssembly.Module(printModule([printed], isShared));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const run = exports[printed.name] as Run;
  known.set(key, run);
  return run;
}

/** Whether this machine's WebAssembly has 128-bit vectors, which most of our functions are made of. */
export function runsVectors(): boolean {
  return WebAssembly.validate(printModule([vectorProbe]));
}

let fused: boolean | null = null;

/** Whether this machine's WebAssembly has the fused multiply-add (relaxed SIMD). */
export function hasMultiplyAdd(): boolean {
  fused ??= WebAssembly.validate(printModule([multiplyAddProbe]));
  return fused;
}

const rooms = new WeakMap<object, { address: number; bytes: number }>();

/** Room in the heap for what a kernel needs only while it runs. @returns its address; the next call may hand out the same. */
export function scratch(backend: MemoryBackend, bytes: number): number {
  const before = rooms.get(backend);
  if (before && before.bytes >= bytes) return before.address;
  if (before) backend.wasm._free(before.address);
  const wanted = Math.max(bytes, 2 * (before?.bytes ?? 0));
  // Addresses above 2 GB come back negative.
  const room = { address: backend.wasm._malloc(wanted) >>> 0, bytes: wanted };
  rooms.set(backend, room);
  return room.address;
}
