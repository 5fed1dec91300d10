// Buffers that belong to recordings alone: between two replays nothing else may use them, or it would be overwritten.
import type { BufferSource } from "./device";

const key = (size: number, usage: number) => `${size} ${usage}`;

/** Space that recordings share: only one of them runs at a time, and none needs another's values. */
export class BufferPool {
  private readonly free = new Map<string, GPUBuffer[]>();
  private readonly all: GPUBuffer[] = [];
  /** Bytes on the device. */
  bytes = 0;

  constructor(private readonly device: GPUDevice) {}

  take(size: number, usage: number): GPUBuffer {
    const waiting = this.free.get(key(size, usage))?.pop();
    if (waiting) return waiting;
    const buffer = this.device.createBuffer({ size, usage });
    this.all.push(buffer);
    this.bytes += size;
    return buffer;
  }

  giveBack(buffer: GPUBuffer): void {
    const place = key(buffer.size, buffer.usage);
    const waiting = this.free.get(place);
    if (waiting) waiting.push(buffer);
    else this.free.set(place, [buffer]);
  }

  dispose(): void {
    for (const buffer of this.all) buffer.destroy();
    this.all.length = 0;
    this.free.clear();
    this.bytes = 0;
  }
}

/**
 * Stands in for the backend's own buffer manager while a step is recorded: what is computed lives in the pool; uniforms
 * and constants, which are written once and read at every replay, get buffers of their own.
 */
export class RecordingBuffers implements BufferSource {
  private readonly pooled = new Set<GPUBuffer>();
  /** Uniforms and constants. */
  readonly lasting = new Set<GPUBuffer>();

  constructor(
    private readonly device: GPUDevice,
    private readonly pool: BufferPool,
    private readonly usual: BufferSource,
  ) {}

  acquireBuffer(size: number, usage: number, mapped = false): GPUBuffer {
    if (mapped || usage & GPUBufferUsage.UNIFORM) {
      const buffer = this.device.createBuffer({ size, usage, mappedAtCreation: mapped });
      this.lasting.add(buffer);
      return buffer;
    }
    const buffer = this.pool.take(size, usage);
    this.pooled.add(buffer);
    return buffer;
  }

  /** A buffer for a tensor that was there before the recording and outlives it. */
  acquireOutside(size: number, usage: number): GPUBuffer {
    return this.usual.acquireBuffer(size, usage);
  }

  releaseBuffer(buffer: GPUBuffer, reuse = true): void {
    if (this.pooled.delete(buffer)) this.pool.giveBack(buffer);
    else if (!this.lasting.has(buffer)) this.usual.releaseBuffer(buffer, reuse);
  }

  /** Returns what was not released. */
  close(): void {
    for (const buffer of this.pooled) this.pool.giveBack(buffer);
    this.pooled.clear();
  }
}
