// One buffer that carries the changing numbers of several steps to the device at once; each step begins by copying its own into place.

interface StagedCopy {
  readonly offset: number;
  readonly target: GPUBuffer;
}

const bytesPerWord = 4;
const fewestWords = 1024;

export class Staging {
  private words = new Uint32Array(fewestWords);
  private used = 0;
  private buffer: GPUBuffer | null = null;
  private copies: StagedCopy[] = [];
  /** Where the copies of each step end. */
  private ends: number[] = [];

  constructor(private readonly device: GPUDevice) {}

  /** Adds what the step being put together needs. */
  add(values: Float32Array | Int32Array, target: GPUBuffer): void {
    while (this.used + values.length > this.words.length) this.grow();
    const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
    this.words.set(bits, this.used);
    this.copies.push({ offset: this.used * bytesPerWord, target });
    this.used += values.length;
  }

  /** The step is complete; what is added now belongs to the next one. */
  endStep(): void {
    this.ends.push(this.copies.length);
  }

  /** Sends all numbers to the device. */
  send(queue: Pick<GPUQueue, "writeBuffer">): void {
    const bytes = this.words.length * bytesPerWord;
    if (this.buffer?.size !== bytes) {
      this.buffer?.destroy();
      const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
      this.buffer = this.device.createBuffer({ size: bytes, usage });
    }
    queue.writeBuffer(this.buffer, 0, this.words, 0, this.used);
  }

  /** Encodes the copies of step number `index` of those sent. */
  encode(encoder: GPUCommandEncoder, index: number): void {
    const { buffer, copies, ends } = this;
    if (!buffer) return;
    const end = ends[index] as number;
    for (let i = index === 0 ? 0 : (ends[index - 1] as number); i < end; i++) {
      const { offset, target } = copies[i] as StagedCopy;
      encoder.copyBufferToBuffer(buffer, offset, target, 0, target.size);
    }
  }

  /** Empties it for the next submission. */
  clear(): void {
    this.used = 0;
    this.copies = [];
    this.ends = [];
  }

  dispose(): void {
    this.clear();
    this.buffer?.destroy();
    this.buffer = null;
  }

  private grow(): void {
    const wider = new Uint32Array(2 * this.words.length);
    wider.set(this.words);
    this.words = wider;
  }
}
