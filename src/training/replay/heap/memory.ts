// Memory of recordings: blocks that are used again within a recorded step and by the steps after it, and given back to the heap only with the run.
import { tf } from "../../tensors";
import type { DataId, HeapBackend, HeapData } from "./backend";

function allocate({ wasm }: HeapBackend, bytes: number): number {
  // Addresses above 2 GB come back negative.
  const address = wasm._malloc(bytes) >>> 0;
  if (address === 0 && bytes > 0) throw new Error("The memory of the WASM backend is full.");
  return address;
}

/** Blocks for what is made and forgotten within a step. Steps follow each other, so all recordings of a run share them. */
export class HeapBlocks {
  /** Free blocks by their size in bytes. */
  private readonly free = new Map<number, number[]>();
  private readonly all: { readonly address: number; readonly bytes: number }[] = [];

  constructor(private readonly backend: HeapBackend) {}

  /** Another recording begins: every block is free for it. */
  startOver(): void {
    this.free.clear();
    for (const { address, bytes } of this.all) this.giveBack(address, bytes);
  }

  take(bytes: number): number {
    const held = this.free.get(bytes)?.pop();
    if (held !== undefined) return held;
    const address = allocate(this.backend, bytes);
    this.all.push({ address, bytes });
    return address;
  }

  giveBack(address: number, bytes: number): void {
    const blocks = this.free.get(bytes);
    if (blocks) blocks.push(address);
    else this.free.set(bytes, [address]);
  }

  dispose(): void {
    for (const { address } of this.all) this.backend.wasm._free(address);
    this.all.length = 0;
    this.free.clear();
  }
}

/** Handles on a tensor that only its recording frees. */
const neverLast = 1e9;

/** What one recording holds: the numbers of its tensors, and constants. */
export class RecordingMemory {
  private readonly made = new Set<DataId>();
  private readonly constants = new Set<number>();
  /** Tensors in memory that is not this recording's. */
  private readonly borrowed = new Set<DataId>();

  constructor(
    private readonly backend: HeapBackend,
    private readonly blocks: HeapBlocks,
  ) {
    blocks.startOver();
  }

  /** True for tensors that were made while recording. */
  has(id: DataId): boolean {
    return this.made.has(id);
  }

  /** Takes the place of the backend's own: where a tensor's values live. */
  place(
    id: DataId,
    values: ArrayBufferView | null,
    data: Pick<HeapData, "shape" | "dtype" | "refCount">,
  ): void {
    const address = values ? this.constant(values) : this.blocks.take(bytesIn(data));
    this.register(id, address, data);
  }

  /** A tensor at an address that belongs to somebody else. */
  partAt(address: number, shape: number[], dtype: tf.DataType): tf.TensorInfo {
    const dataId = { id: this.backend.dataIdNextNumber++ };
    this.register(dataId, address, { shape, dtype, refCount: 1 });
    this.borrowed.add(dataId);
    return { dataId, shape, dtype };
  }

  private register(
    id: DataId,
    address: number,
    data: Pick<HeapData, "shape" | "dtype" | "refCount">,
  ): void {
    const { backend } = this;
    const number = backend.dataIdNextNumber++;
    backend.dataIdMap.set(id, { ...data, id: number, memoryOffset: address });
    backend.wasm.tfjs.registerTensor(number, tf.util.sizeFromShape(data.shape), address);
    this.made.add(id);
  }

  /** Counts a handle down; a block that nobody needs any more is used again. @returns true when it was the last. */
  release(id: DataId, force: boolean): boolean {
    const data = this.backend.dataIdMap.get(id);
    data.refCount--;
    if (!force && data.refCount > 0) return false;
    // Kernels that are run again take and give back handles on it: none of them may be the last.
    data.refCount = neverLast;
    const { memoryOffset } = data;
    const isOwn = !this.constants.has(memoryOffset) && !this.borrowed.has(id);
    if (isOwn) this.blocks.giveBack(memoryOffset, bytesIn(data));
    return true;
  }

  /** Values that are the same at every replay. @returns their address. */
  constant(values: ArrayBufferView): number {
    const { buffer, byteOffset, byteLength } = values;
    const address = allocate(this.backend, Math.max(byteLength, 1));
    this.constants.add(address);
    this.backend.wasm.HEAPU8.set(new Uint8Array(buffer, byteOffset, byteLength), address);
    return address;
  }

  dispose(): void {
    const { wasm, dataIdMap } = this.backend;
    for (const id of this.made) {
      wasm.tfjs.disposeData(dataIdMap.get(id).id);
      dataIdMap.delete(id);
    }
    for (const address of this.constants) wasm._free(address);
    this.made.clear();
    this.borrowed.clear();
    this.constants.clear();
  }
}

/** Bytes of a tensor's values. */
const bytesIn = ({ shape, dtype }: Pick<HeapData, "shape" | "dtype">): number =>
  tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype);
