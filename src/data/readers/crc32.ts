// The check sum that PNG puts behind every chunk (ISO 3309, polynomial 0xedb88320).

const polynomial = 0xedb88320;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
  return value;
});

/** A check sum over bytes that come in parts. */
export class Crc32 {
  private state = 0xffffffff;

  add(bytes: Uint8Array): void {
    let state = this.state;
    for (let i = 0; i < bytes.length; i++) {
      state = (table[(state ^ (bytes[i] as number)) & 255] as number) ^ (state >>> 8);
    }
    this.state = state;
  }

  /** The sum so far, as an unsigned number. */
  get value(): number {
    return (this.state ^ 0xffffffff) >>> 0;
  }
}
