// Pictures of handwritten digits without any file: strokes with a random hand, for a set that is real enough to overfit.
import { digitGlyphs, type Glyph } from "./glyphs";
import { pcg4d, RandomSequence, Stream } from "./random";
import { drawSegments, type Segments, smoothPath } from "./raster";

/** Width and height of a picture in pixels, as in MNIST. */
export const pictureSide = 28;
export const picturePixels = pictureSide * pictureSide;

const largestByte = 255;
const pictureCentre = (pictureSide - 1) / 2;
/** Half the box in which glyphs are defined. */
const glyphCentre = 50;

/** A range of variation: its width at noise 0 and how much noise 1 adds. */
interface Amount {
  readonly clean: number;
  readonly added: number;
}

/** How far each trait of the hand strays. Normal deviations, save for "wobble" and where said otherwise. */
const variation = {
  /** Standard deviation of a control point, in units of the glyph box (100). */
  wobble: { clean: 1.2, added: 4.5 },
  /** Amplitude of the wave that bends the whole glyph, in units of the glyph box. */
  bend: { clean: 2, added: 10 },
  /** Of the shear x += slant · y. */
  slant: { clean: 0.06, added: 0.4 },
  /** Of the turn, radians. */
  turn: { clean: 0.03, added: 0.21 },
  /** Of the logarithm of width and height. */
  size: { clean: 0.04, added: 0.21 },
  /** Of the shift on each axis, pixels. */
  shift: { clean: 0.35, added: 2.3 },
  /** Of the logarithm of the pen's radius. */
  thickness: { clean: 0.1, added: 0.45 },
  /** Largest fade added to the edges, pixels (even). */
  blur: { clean: 0.2, added: 1.6 },
  /** Largest loss of ink over the whole picture (even). */
  fading: { clean: 0.05, added: 0.5 },
  /** Standard deviation of the grain of single pixels, share of full ink. */
  grain: { clean: 0, added: 0.2 },
  /** Most specks (even). */
  specks: { clean: 0, added: 6 },
} as const satisfies Record<string, Amount>;

function amount(of: Amount, noise: number): number {
  return of.clean + of.added * noise;
}

/** Size of a plain digit in pixels: 20 high as in MNIST, narrower than high. */
const plainHeight = 19;
const plainWidth = 15;
/** Limits of width and height in pixels, so that no digit vanishes or leaves the picture. */
const smallestExtent = 6;
const largestExtent = 25;

const plainRadius = 1.15;
const smallestRadius = 0.55;
const largestRadius = 2.6;

/** Normal draw cut at two deviations: a hand may be odd, not absurd. */
function bounded(sequence: RandomSequence): number {
  return Math.max(-2, Math.min(2, sequence.normal()));
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** A displacement amplitude · sin(frequency · position + phase), in units of the glyph box. */
interface Wave {
  readonly amplitude: number;
  readonly frequency: number;
  readonly phase: number;
}

/** Shortest and longest wave, in glyph boxes: long enough that strokes stay smooth. */
const waveLengths = { shortest: 1, longest: 2.5 } as const;

function drawWave(noise: number, sequence: RandomSequence): Wave {
  const length = sequence.between(waveLengths.shortest, waveLengths.longest);
  return {
    amplitude: amount(variation.bend, noise) * sequence.uniform(),
    frequency: Math.PI / (length * glyphCentre),
    phase: 2 * Math.PI * sequence.uniform(),
  };
}

function waveAt(wave: Wave, position: number): number {
  return wave.amplitude * Math.sin(wave.frequency * position + wave.phase);
}

/** How one picture is written: an affine map from glyph box to pixels, and the pen. */
interface Hand {
  readonly xx: number;
  readonly xy: number;
  readonly yx: number;
  readonly yy: number;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly wobble: number;
  /** Waves that bend x along y and y along x. */
  readonly bendX: Wave;
  readonly bendY: Wave;
  readonly radius: number;
}

function drawHand(noise: number, sequence: RandomSequence): Hand {
  const extent = (plain: number) => {
    const factor = Math.exp(amount(variation.size, noise) * bounded(sequence));
    return clamp(plain * factor, smallestExtent, largestExtent) / (2 * glyphCentre);
  };
  const width = extent(plainWidth);
  const height = extent(plainHeight);
  const slant = amount(variation.slant, noise) * bounded(sequence);
  const turn = amount(variation.turn, noise) * bounded(sequence);
  const shiftX = amount(variation.shift, noise) * bounded(sequence);
  const shiftY = amount(variation.shift, noise) * bounded(sequence);
  const thickness = Math.exp(amount(variation.thickness, noise) * bounded(sequence));
  const cosine = Math.cos(turn);
  const sine = Math.sin(turn);
  // Size first, then slant (up goes right for positive slant), then turn.
  const lean = -slant * height;
  return {
    xx: cosine * width,
    xy: cosine * lean - sine * height,
    yx: sine * width,
    yy: sine * lean + cosine * height,
    shiftX,
    shiftY,
    wobble: amount(variation.wobble, noise),
    bendX: drawWave(noise, sequence),
    bendY: drawWave(noise, sequence),
    radius: clamp(plainRadius * thickness, smallestRadius, largestRadius),
  };
}

/** Control points of a stroke in pixels, wobbled; a corner (a point twice) stays a corner. */
function placePoints(
  points: readonly number[],
  hand: Hand,
  sequence: RandomSequence,
): Float64Array {
  const placed = new Float64Array(points.length);
  for (let i = 0; i < points.length; i += 2) {
    const corner = i >= 2 && points[i] === points[i - 2] && points[i + 1] === points[i - 1];
    if (corner) {
      placed[i] = placed[i - 2] as number;
      placed[i + 1] = placed[i - 1] as number;
      continue;
    }
    const plainX = (points[i] as number) - glyphCentre;
    const plainY = (points[i + 1] as number) - glyphCentre;
    const x = plainX + waveAt(hand.bendX, plainY) + hand.wobble * bounded(sequence);
    const y = plainY + waveAt(hand.bendY, plainX) + hand.wobble * bounded(sequence);
    placed[i] = hand.xx * x + hand.xy * y + hand.shiftX + pictureCentre;
    placed[i + 1] = hand.yx * x + hand.yy * y + hand.shiftY + pictureCentre;
  }
  return placed;
}

/** Share by which pressure changes the pen's radius along a stroke. */
const pressureSwing = 0.22;

/** The pen's path over the glyph; its pressure rises and falls along each stroke. */
function writeGlyph(glyph: Glyph, hand: Hand, sequence: RandomSequence): Segments {
  const segments: Segments = [];
  for (const stroke of glyph) {
    const path = smoothPath(placePoints(stroke.points, hand, sequence));
    const phase = 2 * Math.PI * sequence.uniform();
    const pieces = path.length / 2 - 1;
    for (let i = 0; i < pieces; i++) {
      const pressure = 1 + pressureSwing * Math.sin(phase + (2 * Math.PI * i) / pieces);
      segments.push(path[2 * i] as number, path[2 * i + 1] as number);
      segments.push(path[2 * i + 2] as number, path[2 * i + 3] as number);
      segments.push(hand.radius * pressure);
    }
  }
  return segments;
}

const speckRadius = { smallest: 0.3, largest: 1 } as const;
const longestSpeck = 2;

/** Stray marks: points and short dashes anywhere. */
function makeSpecks(noise: number, sequence: RandomSequence): Segments {
  const segments: Segments = [];
  const count = Math.floor(sequence.uniform() * (amount(variation.specks, noise) + 1));
  for (let i = 0; i < count; i++) {
    const x = sequence.between(0, pictureSide);
    const y = sequence.between(0, pictureSide);
    const dx = sequence.between(-longestSpeck, longestSpeck);
    const dy = sequence.between(-longestSpeck, longestSpeck);
    const radius = sequence.between(speckRadius.smallest, speckRadius.largest);
    segments.push(x, y, x + dx, y + dy, radius);
  }
  return segments;
}

/** Mean and standard deviation of the sum of four even bytes, which is nearly normal (Irwin-Hall). */
const byteSumMean = 4 * 127.5;
const byteSumDeviation = Math.sqrt((4 * (256 * 256 - 1)) / 12);

function byteSum(word: number): number {
  return (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24);
}

const words = new Uint32Array(4);

/** Bytes from ink, with grain on every pixel. Four pixels share one hash: this is the inner loop. */
function develop(
  ink: Float32Array,
  strength: number,
  grain: number,
  seed: number,
  step: number,
  pixels: Uint8Array,
): void {
  const factor = grain / byteSumDeviation;
  for (let i = 0; i < picturePixels; i += 4) {
    pcg4d(seed, Stream.pixelNoise, step, i >>> 2, words);
    for (let k = 0; k < 4; k++) {
      const noise = factor * (byteSum(words[k] as number) - byteSumMean);
      const value = (ink[i + k] as number) * strength + noise;
      pixels[i + k] = Math.round(largestByte * clamp(value, 0, 1));
    }
  }
}

/**
 * Draws one digit as if by hand, white on black. The same arguments give the same bytes.
 * @param digit 0 … 9
 * @param noise 0 (tidy) … 1 (barely legible): drives every variation
 * @param seed of the experiment
 * @param step number of the picture, any 32-bit word
 * @param pixels receives [28, 28], 0 … 255; a new array when left out
 */
export function drawStrokeDigit(
  digit: number,
  noise: number,
  seed: number,
  step: number,
  pixels: Uint8Array = new Uint8Array(picturePixels),
): Uint8Array {
  const variants = digitGlyphs[digit];
  if (!variants) throw new RangeError(`A digit is 0 … 9, not ${digit}.`);
  const sequence = new RandomSequence(seed, Stream.pictures, step);
  const glyph = variants[sequence.below(variants.length)] as Glyph;
  const ink = new Float32Array(picturePixels);
  const hand = drawHand(noise, sequence);
  const softness = 1 + amount(variation.blur, noise) * sequence.uniform();
  const strength = 1 - amount(variation.fading, noise) * sequence.uniform();
  drawSegments(writeGlyph(glyph, hand, sequence), softness, pictureSide, ink);
  drawSegments(makeSpecks(noise, sequence), softness, pictureSide, ink);
  develop(ink, strength, amount(variation.grain, noise), seed, step, pixels);
  return pixels;
}
