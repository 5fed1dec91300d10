// Memory of a recording: blocks that are used again within the recorded step, and given back to the heap only with the recording.
import { tf } from "../../tensors";
import type { DataId, HeapBackend, HeapData } from "./backend";

/** Handles on a tensor that only its recording frees. */
const neverLast = 1e9;

export class RecordingMemory {
  /** Free blocks by their size in bytes. */
  private readonly free = new Map<number, number[]>();
  private readonly blocks: number[] = [];
  private readonly made = new Set<DataId>();
  /** Blocks that keep what they hold. */
  private readonly lasting = new Set<number>();

  constructor(private readonly backend: HeapBackend) {}

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
    const { backend } = this;
    const size = tf.util.sizeFromShape(data.shape);
    const address = values ? this.constant(values) : this.take(bytesIn(data));
    const number = backend.dataIdNextNumber++;
    backend.dataIdMap.set(id, { ...data, id: number, memoryOffset: address });
    backend.wasm.tfjs.registerTensor(number, size, address);
    this.made.add(id);
  }

  /** Counts a handle down; a block that nobody needs any more is used again. @returns true when it was the last. */
  release(id: DataId, force: boolean): boolean {
    const data = this.backend.dataIdMap.get(id);
    data.refCount--;
    if (!force && data.refCount > 0) return false;
    // Kernels that are run again take and give back handles on it: none of them may be the last.
    data.refCount = neverLast;
    this.giveBack(data.memoryOffset, bytesIn(data));
    return true;
  }

  /** Values that are the same at every replay. @returns their address. */
  constant(values: ArrayBufferView): number {
    const { wasm } = this.backend;
    const address = this.allocate(Math.max(values.byteLength, 1));
    this.lasting.add(address);
    wasm.HEAPU8.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address);
    return address;
  }

  dispose(): void {
    const { wasm, dataIdMap } = this.backend;
    for (const id of this.made) {
      wasm.tfjs.disposeData(dataIdMap.get(id).id);
      dataIdMap.delete(id);
    }
    for (const address of this.blocks) wasm._free(address);
    this.made.clear();
    this.blocks.length = 0;
    this.free.clear();
  }

  private take(bytes: number): number {
    return this.free.get(bytes)?.pop() ?? this.allocate(bytes);
  }

  private allocate(bytes: number): number {
    // Addresses above 2 GB come back negative.
    const address = this.backend.wasm._malloc(bytes) >>> 0;
    if (address === 0 && bytes > 0) throw new Error("The memory of the WASM backend is full.");
    this.blocks.push(address);
    return address;
  }

  private giveBack(address: number, bytes: number): void {
    if (this.lasting.has(address)) return;
    const blocks = this.free.get(bytes);
    if (blocks) blocks.push(address);
    else this.free.set(bytes, [address]);
  }
}

/** Bytes of a tensor's values. */
const bytesIn = ({ shape, dtype }: Pick<HeapData, "shape" | "dtype">): number =>
  tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype);
