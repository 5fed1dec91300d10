// The only source of randomness: a counter-based generator, so that the same (seed, stream, step, index) is the same number on every backend and in any order.

/** Independent sequences; each use of randomness has a stream of its own. */
export const Stream = {
  examples: 1,
  labels: 2,
  noise: 3,
  mislabelling: 4,
  pictures: 5,
  split: 6,
  /** Which wrong class a mislabelled example gets. */
  wrongClass: 7,
  /** Grain of single pixels in drawn pictures. */
  pixelNoise: 8,
  /** Order of the classes in an imbalanced training part. */
  imbalancedOrder: 9,
  /** Which clicked points are held out. */
  heldPoints: 10,
  /** Which of a learner's own pictures are held out. */
  heldPictures: 11,
  initialWeights: 16,
  batchOrder: 17,
  inputNoise: 18,
  /** Changes of pictures by augmentation. */
  augmentation: 19,
  mixup: 20,
  /** Noise and turns of corrupted validation pictures. */
  corruption: 32,
  /** Masks of dropout layer i use stream dropout + i. */
  dropout: 64,
  /** Noise on the kernel of layer i uses stream weightNoise + i. */
  weightNoise: 256,
  /** Added to the streams of masks and noise where evaluation is done in training mode. */
  evaluation: 1024,
} as const;

/**
 * pcg4d: four 32-bit words hashed to four 32-bit words
 * (Jarzynski & Olano 2020, Hash Functions for GPU Rendering, JCGT 9(3)).
 * Integer operations only, so WGSL and GLSL give the same bits.
 * It mixes upwards: words that differ in their highest bits only can give the same words out, so whatever tells two
 * uses apart must differ in low bits.
 * @param out receives the four words.
 */
export function pcg4d(a: number, b: number, c: number, d: number, out: Uint32Array): void {
  let x = (Math.imul(a, 1664525) + 1013904223) | 0;
  let y = (Math.imul(b, 1664525) + 1013904223) | 0;
  let z = (Math.imul(c, 1664525) + 1013904223) | 0;
  let w = (Math.imul(d, 1664525) + 1013904223) | 0;
  x = (x + Math.imul(y, w)) | 0;
  y = (y + Math.imul(z, x)) | 0;
  z = (z + Math.imul(x, y)) | 0;
  w = (w + Math.imul(y, z)) | 0;
  x ^= x >>> 16;
  y ^= y >>> 16;
  z ^= z >>> 16;
  w ^= w >>> 16;
  x = (x + Math.imul(y, w)) | 0;
  y = (y + Math.imul(z, x)) | 0;
  z = (z + Math.imul(x, y)) | 0;
  w = (w + Math.imul(y, z)) | 0;
  out[0] = x >>> 0;
  out[1] = y >>> 0;
  out[2] = z >>> 0;
  out[3] = w >>> 0;
}

const words = new Uint32Array(4);

/** Random 32-bit integer number `index` of a stream at a step: one of four words of a hash of index >> 2. */
export function randomInteger(seed: number, stream: number, step: number, index: number): number {
  pcg4d(seed, stream, step, index >>> 2, words);
  return words[index & 3] as number;
}

/** Uniform in [0, 1) with 24 bits, exact in float32. */
export function random(seed: number, stream: number, step: number, index: number): number {
  return (randomInteger(seed, stream, step, index) >>> 8) / 16_777_216;
}

/** A sequence of draws from one (seed, stream, step): for code that takes an unknown number of them. */
export class RandomSequence {
  private index = 0;
  private spareNormal: number | null = null;

  constructor(
    private readonly seed: number,
    private readonly stream: number,
    private readonly step = 0,
  ) {}

  /** Uniform in [0, 1). */
  uniform(): number {
    return random(this.seed, this.stream, this.step, this.index++);
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Whole number in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Standard normal (Box & Muller 1958). */
  normal(): number {
    if (this.spareNormal !== null) {
      const held = this.spareNormal;
      this.spareNormal = null;
      return held;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}

/** A permutation of 0 … count−1 (Fisher & Yates), from one (seed, stream, step). */
export function permutation(count: number, seed: number, stream: number, step: number): Int32Array {
  const order = new Int32Array(count);
  const sequence = new RandomSequence(seed, stream, step);
  for (let i = 0; i < count; i++) {
    const j = sequence.below(i + 1);
    order[i] = order[j] as number;
    order[j] = i;
  }
  return order;
}
