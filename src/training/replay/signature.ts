// A running hash of what a recording does, to tell whether two recordings are the same.

const prime = 16_777_619;
const objects = new WeakMap<object, number>();
let named = 0;

/** Two lanes of FNV-1a (Fowler, Noll & Vo) over 32-bit words: chance agreement is as good as impossible. */
export class Signature {
  private low = 0x811c9dc5 | 0;
  private high = 0x01234567 | 0;
  private count = 0;

  add(...values: number[]): void {
    for (const value of values) {
      this.low = Math.imul(this.low ^ value, prime);
      this.high = Math.imul(this.high ^ (value + this.count), prime) ^ (this.high >>> 15);
      this.count++;
    }
  }

  addBytes(bytes: Uint8Array): void {
    this.add(bytes.length);
    for (const byte of bytes) this.add(byte);
  }

  /** Host values of a constant. */
  addNumbers(values: ArrayLike<number>): void {
    const held = Float64Array.from(values);
    for (const word of new Int32Array(held.buffer)) this.add(word);
  }

  addText(text: string): void {
    this.add(text.length);
    for (let i = 0; i < text.length; i++) this.add(text.charCodeAt(i));
  }

  /** The same object counts as the same. */
  addObject(object: object): void {
    const known = objects.get(object);
    const number = known ?? ++named;
    if (known === undefined) objects.set(object, number);
    this.add(number);
  }

  get text(): string {
    return `${this.count} ${this.low >>> 0} ${this.high >>> 0}`;
  }
}
