// The work of WASM kernels in pieces that can be done again at the same addresses: a recorded step is a list of them.
import { tf } from "../tensors";
import type { MemoryBackend, Run } from "./wasmMemory";

/** A piece of work that reads and writes tensors where they are. */
export type Work = () => void;

/** A range of the heap, in bytes. */
export interface Range {
  readonly at: number;
  readonly bytes: number;
}

/** Addresses that a piece of work reads and writes, position by position; it looks them up each time, so they may be changed. */
export interface Places {
  /** Vectors of `bytes` each, then single numbers. */
  readonly inputs: number[];
  readonly vectors: number;
  /** Vectors of `bytes` each. */
  readonly outputs: number[];
  readonly bytes: number;
  /** Where a vector of the inputs lies in parts instead of at its address. */
  parted?: { readonly input: number; readonly parts: readonly Range[] };
}

/** Work that copies parts behind each other and does nothing else. */
export interface Joining {
  readonly parts: readonly Range[];
  readonly to: number;
}

/** What is known of a piece of work beyond that it can be done again. */
export interface Known {
  readonly places?: Places;
  readonly joining?: Joining;
}

/** Sees what is computed while a step is recorded. */
export interface WorkListener {
  /** Our own kernels: does a piece. */
  work(work: Work, known: Known): void;
  /** A handle on a part of a tensor that stays where it is, in place of a copy; null where a copy is needed. */
  part(source: tf.TensorInfo, offset: number, shape: number[]): tf.TensorInfo | null;
  /** Stock kernels: before one calls into the module, with numbers or the bytes of a list. */
  calls(run: Run, values: readonly CallValue[]): void;
  /** Around every kernel that the engine runs. */
  kernel(config: tf.KernelConfig, call: Parameters<tf.KernelFunc>[0]): ReturnType<tf.KernelFunc>;
}

export type CallValue = number | Uint8Array;

let listener: WorkListener | null = null;

/**
 * Does a piece of work. It may be done again later, so it asks for views of the heap when it runs.
 * @param known places are given where it works entry by entry: an output may then take the place of an input
 */
export function perform(work: Work, known: Known = {}): void {
  if (listener) listener.work(work, known);
  else work();
}

/** A part of a tensor without copying it, where somebody who records can promise that it stays as it is; else null. */
export function partInPlace(
  source: tf.TensorInfo,
  offset: number,
  shape: number[],
): tf.TensorInfo | null {
  return listener?.part(source, offset, shape) ?? null;
}

/** Hands everything that is computed meanwhile to a listener. */
export function listenWhile<T>(to: WorkListener | null, body: () => T): T {
  const before = listener;
  listener = to;
  try {
    return body();
  } finally {
    listener = before;
  }
}

type Wrapped = (...values: CallValue[]) => unknown;
type Wrap = (name: string, result: string | null, types: string[], ...rest: unknown[]) => Wrapped;

/** Lets the calls of stock kernels be listened to. Call before the backend's kernels are set up. */
function watchCalls(backend: MemoryBackend): void {
  const module = backend.wasm as unknown as { cwrap: Wrap; asm?: Record<string, Run> };
  const wrap = module.cwrap;
  module.cwrap = (name, result, types, ...rest) => {
    const call = wrap(name, result, types, ...rest);
    const run = module.asm?.[name];
    if (!run) return call;
    return (...values) => {
      listener?.calls(run, values);
      return call(...values);
    };
  };
}

const watched = new Set<string>();

/** Lets all kernels of the WASM backend be listened to; again is harmless. */
export function watchWasmKernels(): void {
  for (const config of tf.getKernelsForBackend("wasm")) {
    const { kernelName } = config;
    if (watched.has(kernelName)) continue;
    watched.add(kernelName);
    tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      ...config,
      kernelFunc: (call) => (listener ? listener.kernel(config, call) : config.kernelFunc(call)),
    });
  }
}

let prepared = false;

/** Has the calls of every WASM backend that is made from now on watched; again is harmless. */
export function watchWasmBackends(): void {
  if (prepared) return;
  const make = tf.findBackendFactory("wasm");
  if (!make) return;
  prepared = true;
  tf.removeBackend("wasm");
  const priority = 2;
  tf.registerBackend(
    "wasm",
    async () => {
      const backend = await make();
      watchCalls(backend as unknown as MemoryBackend);
      return backend;
    },
    priority,
  );
}
