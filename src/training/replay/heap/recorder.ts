// Runs a piece of training code once and keeps what its kernels did, as work that can be done again at the same addresses.
import type { Run } from "../../kernels/wasmMemory";
import {
  type CallValue,
  type Known,
  listenWhile,
  type Work,
  type WorkListener,
} from "../../kernels/wasmWork";
import { tf } from "../../tensors";
import { RecordingError, withOverrides } from "../recorder";
import { Signature } from "../signature";
import { abandonTape } from "../tape";
import { bytesOf, type DataId, type HeapBackend } from "./backend";
import { type HeapBlocks, RecordingMemory } from "./memory";

/** Stock kernels that keep copies of weights by the tensor's number: done again, they would compute with old weights. */
const remembering: ReadonlySet<string> = new Set([
  "Conv2D",
  "FusedConv2D",
  "DepthwiseConv2dNative",
  "FusedDepthwiseConv2D",
  "BatchMatMul",
  "_FusedMatMul",
  "Conv2DBackpropInput",
  "Prelu",
]);

export interface HeapRecording {
  readonly works: readonly Work[];
  /** What is known of pieces of work. */
  readonly known: ReadonlyMap<Work, Known>;
  /** Same signature: the same kernels with the same settings and constants. */
  readonly signature: string;
  /** False when a tensor from outside has gone. */
  isValid(): boolean;
  dispose(): void;
}

type KernelCall = Parameters<tf.KernelFunc>[0];
type Result = ReturnType<tf.KernelFunc>;

const listOf = (result: Result): readonly tf.TensorInfo[] =>
  Array.isArray(result) ? result : [result];

/** Bytes of an argument's list stay where they were put; numbers stay numbers. */
function callOf(run: Run, values: readonly number[]): Work {
  const [a, b, c, d, e, f, g, h] = values as [number, number, number, number, ...number[]];
  // Most calls have one of three lengths; a spread argument list is several times slower.
  if (values.length === 3) return () => run(a, b, c);
  if (values.length === 4) return () => run(a, b, c, d);
  if (values.length === 8) {
    return () => run(a, b, c, d, e as number, f as number, g as number, h as number);
  }
  return () => run(...values);
}

/** One kernel that the engine runs, as far as it has got. */
interface Running {
  readonly name: string;
  readonly parts: Work[];
  /** Whether it worked on the heap where nobody could see it. */
  isUnseen: boolean;
  /** Whether its results are parts of what is there: then there is nothing to do again. */
  isPart: boolean;
}

class Recorder implements WorkListener {
  readonly memory: RecordingMemory;
  readonly signature = new Signature();
  readonly works: Work[] = [];
  readonly outside = new Map<DataId, number>();
  readonly known = new Map<Work, Known>();
  /** The outermost kernel. */
  private running: Running | null = null;

  constructor(
    private readonly backend: HeapBackend,
    blocks: HeapBlocks,
  ) {
    this.memory = new RecordingMemory(backend, blocks);
  }

  work(work: Work, known: Known): void {
    const { running } = this;
    this.known.set(work, known);
    const before = running?.isUnseen ?? false;
    work();
    if (running) running.isUnseen = before;
    (running?.parts ?? this.works).push(work);
  }

  part(source: tf.TensorInfo, offset: number, shape: number[]): tf.TensorInfo | null {
    // Tensors from outside keep their values until the step is done.
    if (this.memory.has(source.dataId)) return null;
    const { memoryOffset } = this.backend.dataIdMap.get(source.dataId);
    const address = memoryOffset + offset * tf.util.bytesPerElement(source.dtype);
    if (this.running) this.running.isPart = true;
    return this.memory.partAt(address, shape, source.dtype);
  }

  calls(run: Run, values: readonly CallValue[]): void {
    const { running } = this;
    if (!running) throw new RecordingError("a step computes outside of its operations");
    if (remembering.has(running.name)) {
      throw new RecordingError(
        `the operation ${running.name} keeps copies of its weights on this backend`,
      );
    }
    const numbers = values.map((value) =>
      typeof value === "object" ? this.memory.constant(value) : Number(value),
    );
    running.parts.push(callOf(run, numbers));
  }

  kernel({ kernelName, kernelFunc }: tf.KernelConfig, call: KernelCall): Result {
    if (this.running) return kernelFunc(call);
    this.describe(kernelName, call);
    const running: Running = { name: kernelName, parts: [], isUnseen: false, isPart: false };
    this.running = running;
    try {
      const result = kernelFunc(call);
      this.works.push(...this.worksOf(running, kernelFunc, call, listOf(result)));
      return result;
    } finally {
      this.running = null;
    }
  }

  /** What of the backend is replaced while recording. */
  overrides(): Partial<HeapBackend> {
    const { backend, memory } = this;
    const { disposeData, readSync, typedArrayFromHeap } = backend;
    const see = () => {
      if (!this.running) throw new RecordingError("a step reads values back");
      this.running.isUnseen = true;
    };
    return {
      move: (id, values, shape, dtype, refCount) => {
        if (values) this.seeConstant(values);
        memory.place(id, values, { shape, dtype, refCount });
      },
      disposeData: (id, force = false) =>
        memory.has(id) ? memory.release(id, force) : disposeData.call(backend, id, force),
      readSync: (id, start, end) => {
        see();
        return readSync.call(backend, id, start, end);
      },
      read: () => {
        throw new RecordingError("a step reads values back");
      },
      typedArrayFromHeap: (tensor) => {
        see();
        return typedArrayFromHeap.call(backend, tensor);
      },
    };
  }

  private seeConstant(values: ArrayBufferView): void {
    if (this.running) this.running.isUnseen = true;
    else {
      const { buffer, byteOffset, byteLength } = values;
      this.signature.addBytes(new Uint8Array(buffer, byteOffset, byteLength));
    }
  }

  private describe(name: string, { inputs, attrs }: KernelCall): void {
    this.signature.addText(`${name} ${JSON.stringify(attrs ?? {})}`);
    for (const { dataId, shape } of Object.values(inputs) as tf.TensorInfo[]) {
      const isOutside = !this.memory.has(dataId);
      const address = isOutside ? this.backend.dataIdMap.get(dataId).memoryOffset : 0;
      if (isOutside) this.outside.set(dataId, address);
      this.signature.add(...shape, address);
    }
  }

  /** What is to be done again for a kernel: its parts where all of them were seen, else the kernel as a whole. */
  private worksOf(
    { name, parts, isUnseen, isPart }: Running,
    kernelFunc: tf.KernelFunc,
    call: KernelCall,
    made: readonly tf.TensorInfo[],
  ): readonly Work[] {
    if (!isUnseen && (parts.length > 0 || isPart)) return parts;
    const given = new Set(
      (Object.values(call.inputs) as tf.TensorInfo[]).map(({ dataId }) => dataId),
    );
    if (made.every(({ dataId }) => given.has(dataId))) return [];
    if (remembering.has(name)) {
      throw new RecordingError(`the operation ${name} keeps copies of its weights on this backend`);
    }
    return [this.again(kernelFunc, call, made)];
  }

  /** Runs a kernel again and puts its results where they were when it was recorded. */
  private again(
    kernelFunc: tf.KernelFunc,
    { inputs, attrs = {} }: KernelCall,
    made: readonly tf.TensorInfo[],
  ): Work {
    const { backend } = this;
    return () => {
      const results = listOf(kernelFunc({ inputs, attrs, backend }));
      results.forEach((result, index) => {
        const place = made[index] as tf.TensorInfo;
        if (result.dataId !== place.dataId) {
          bytesOf(backend, place).set(bytesOf(backend, result));
        }
        backend.disposeData(result.dataId);
      });
    };
  }
}

/**
 * Records what `body` computes. It is computed meanwhile, and tensors that it makes are to be disposed in it.
 * @param blocks memory that no other recording uses at the same time.
 * @throws RecordingError when it cannot be recorded; whatever `body` throws otherwise.
 */
export function recordHeap(
  backend: HeapBackend,
  blocks: HeapBlocks,
  body: () => void,
): HeapRecording {
  const recorder = new Recorder(backend, blocks);
  const { memory, works, known, outside, signature } = recorder;
  try {
    withOverrides(backend, recorder.overrides(), () =>
      listenWhile(recorder, () => {
        try {
          body();
        } catch (error) {
          abandonTape();
          throw error;
        }
      }),
    );
  } catch (error) {
    memory.dispose();
    throw error;
  }
  return {
    works,
    known,
    signature: signature.text,
    isValid: () =>
      [...outside].every(
        ([id, address]) =>
          backend.dataIdMap.has(id) && backend.dataIdMap.get(id).memoryOffset === address,
      ),
    dispose: () => memory.dispose(),
  };
}
