// Rows of bytes on a graphics card, three to a number: a third of the memory, unpacked after each batch is gathered.
import { type Tensor, type Tensor2D, tf, tidy } from "./tensors";

/** A float32 holds whole numbers up to 2^24 exactly: three bytes. */
const bytesPerNumber = 3;

/** Numbers that one row takes. */
export function packedWidth(rowLength: number): number {
  return Math.ceil(rowLength / bytesPerNumber);
}

function pack(bytes: Uint8Array, rows: number, rowLength: number): Float32Array {
  const width = packedWidth(rowLength);
  const packed = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < rowLength; i++) {
      const at = row * width + Math.floor(i / bytesPerNumber);
      const byte = bytes[row * rowLength + i] as number;
      packed[at] = (packed[at] as number) + byte * 256 ** (i % bytesPerNumber);
    }
  }
  return packed;
}

/**
 * Bytes of examples on the device. Every step of the unpacking is exact in float32, and the values come from a table,
 * so that a batch has the same bits as one that was scaled beforehand.
 */
export class PackedRows {
  private readonly packed: Tensor2D;
  private readonly table: Tensor;
  private readonly shifts: readonly Tensor[];

  /**
   * @param bytes [rows, rowLength]
   * @param table what each byte means to the network, [256]
   */
  constructor(
    bytes: Uint8Array,
    rows: number,
    private readonly rowLength: number,
    table: Float32Array,
  ) {
    this.packed = tf.tensor2d(pack(bytes, rows, rowLength), [rows, packedWidth(rowLength)]);
    this.table = tf.tensor1d(table);
    this.shifts = [2 ** -16, 2 ** 16, 2 ** -8, 2 ** 8].map((factor) => tf.scalar(factor));
  }

  /** @param index numbers of rows on the device, [count] int32. @returns [count, rowLength] */
  gather(index: Tensor): Tensor {
    return tidy(() => this.unpack(tf.gather(this.packed, index as never)));
  }

  /** Rows start … start+count−1. @returns [count, rowLength] */
  slice(start: number, count: number): Tensor {
    return tidy(() => this.unpack(tf.slice(this.packed, [start, 0], [count, -1])));
  }

  dispose(): void {
    tf.dispose([this.packed, this.table, ...this.shifts]);
  }

  private unpack(rows: Tensor): Tensor {
    const [down16, up16, down8, up8] = this.shifts as [Tensor, Tensor, Tensor, Tensor];
    const [count, width] = rows.shape as [number, number];
    const third = tf.floor(tf.mul(rows, down16));
    const rest = tf.sub(rows, tf.mul(third, up16));
    const second = tf.floor(tf.mul(rest, down8));
    const first = tf.sub(rest, tf.mul(second, up8));
    const whole = tf.reshape(tf.stack([first, second, third], 2), [count, width * bytesPerNumber]);
    const bytes = tf.slice(whole, [0, 0], [count, this.rowLength]);
    return tf.gather(this.table, tf.cast(bytes, "int32") as never);
  }
}
