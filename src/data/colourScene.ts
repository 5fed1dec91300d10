// A small colour picture to paint on: background, strokes, soft spots, covered areas and grain, all from one sequence of random numbers.
import { pcg4d, type RandomSequence, Stream } from "./random";
import { drawSegments, type Segments, smoothPath } from "./raster";

/** Width and height of a colour picture in pixels, as in CIFAR-10. */
export const sceneSide = 32;
const sceneChannels = 3;
const scenePixels = sceneSide * sceneSide;
/** Bytes of one picture [32, 32, 3]. */
export const sceneBytes = scenePixels * sceneChannels;

const largestByte = 255;

/** Red, green, blue, each 0 … 1. */
export type Colour = readonly [number, number, number];

/** Values 0 … 1, row-major [32, 32, 3]. */
export type Scene = Float32Array;

/** A colour whose channels lie evenly between two brightnesses. */
export function randomColour(sequence: RandomSequence, darkest = 0, brightest = 1): Colour {
  const channel = () => sequence.between(darkest, brightest);
  return [channel(), channel(), channel()];
}

/** From a (share 0) to b (share 1). */
export function mixColours(a: Colour, b: Colour, share: number): Colour {
  const mix = (k: 0 | 1 | 2) => a[k] + share * (b[k] - a[k]);
  return [mix(0), mix(1), mix(2)];
}

/** Weights of the channels: about as differences of them strike the eye (Rec. 601). */
const sight = [0.3, 0.59, 0.11] as const;

/** How different two colours look, 0 … 1: root of the weighted mean of squared differences. */
export function colourDistance(a: Colour, b: Colour): number {
  return Math.sqrt(
    sight[0] * (a[0] - b[0]) ** 2 + sight[1] * (a[1] - b[1]) ** 2 + sight[2] * (a[2] - b[2]) ** 2,
  );
}

/** Draws that a contrasting colour may take; the best of them is used when none is far enough. */
const colourDraws = 16;

/** A random colour of channels from `darkest` to 1, at least `distance` away from another. */
export function contrastingColour(
  other: Colour,
  distance: number,
  darkest: number,
  sequence: RandomSequence,
): Colour {
  let best = randomColour(sequence, darkest);
  for (let i = 1; i < colourDraws && colourDistance(best, other) < distance; i++) {
    const colour = randomColour(sequence, darkest);
    if (colourDistance(colour, other) > colourDistance(best, other)) best = colour;
  }
  return best;
}

/** Fills a scene from one colour to another along a random direction. */
export function paintGradient(
  scene: Scene,
  from: Colour,
  to: Colour,
  sequence: RandomSequence,
): void {
  const angle = 2 * Math.PI * sequence.uniform();
  const scale = 1 / (sceneSide * Math.SQRT2);
  const stepX = Math.cos(angle) * scale;
  const stepY = Math.sin(angle) * scale;
  const middle = (sceneSide - 1) / 2;
  for (let pixel = 0; pixel < scenePixels; pixel++) {
    const x = (pixel % sceneSide) - middle;
    const y = Math.floor(pixel / sceneSide) - middle;
    const share = 0.5 + x * stepX + y * stepY;
    for (let k = 0; k < sceneChannels; k++) {
      const start = from[k] as number;
      scene[sceneChannels * pixel + k] = start + share * ((to[k] as number) - start);
    }
  }
}

/** Lays a colour over one pixel. @param cover 0 (nothing) … 1 (opaque) */
export function coverPixel(scene: Scene, pixel: number, colour: Colour, cover: number): void {
  for (let k = 0; k < sceneChannels; k++) {
    const at = sceneChannels * pixel + k;
    const held = scene[at] as number;
    scene[at] = held + cover * ((colour[k] as number) - held);
  }
}

const strokeRadius = { smallest: 0.4, largest: 1.1 } as const;
const strokeReach = { shortest: 5, longest: 13 } as const;

/** A bent line of three points somewhere: no class has open ends, so it is no shape. */
export function paintStroke(
  scene: Scene,
  colour: Colour,
  cover: number,
  sequence: RandomSequence,
): void {
  const points: number[] = [sequence.between(0, sceneSide), sequence.between(0, sceneSide)];
  let angle = 2 * Math.PI * sequence.uniform();
  for (let i = 0; i < 2; i++) {
    const reach = sequence.between(strokeReach.shortest, strokeReach.longest);
    points.push((points[2 * i] as number) + reach * Math.cos(angle));
    points.push((points[2 * i + 1] as number) + reach * Math.sin(angle));
    angle += sequence.between(-1.2, 1.2);
  }
  const radius = sequence.between(strokeRadius.smallest, strokeRadius.largest);
  const path = smoothPath(points);
  const segments: Segments = [];
  for (let i = 0; i + 3 < path.length; i += 2) {
    for (let k = 0; k < 4; k++) segments.push(path[i + k] as number);
    segments.push(radius);
  }
  const ink = new Float32Array(scenePixels);
  drawSegments(segments, 1, sceneSide, ink);
  ink.forEach((value, pixel) => {
    if (value > 0) coverPixel(scene, pixel, colour, cover * value);
  });
}

const spotReach = { smallest: 2, largest: 6 } as const;

/** A soft spot without an edge: exp(−d²/2r²). */
export function paintSpot(
  scene: Scene,
  colour: Colour,
  cover: number,
  sequence: RandomSequence,
): void {
  const x0 = sequence.between(0, sceneSide);
  const y0 = sequence.between(0, sceneSide);
  const spreadX = sequence.between(spotReach.smallest, spotReach.largest);
  const spreadY = sequence.between(spotReach.smallest, spotReach.largest);
  for (let pixel = 0; pixel < scenePixels; pixel++) {
    const dx = ((pixel % sceneSide) - x0) / spreadX;
    const dy = (Math.floor(pixel / sceneSide) - y0) / spreadY;
    const squared = dx * dx + dy * dy;
    if (squared < 9) coverPixel(scene, pixel, colour, cover * Math.exp(-squared / 2));
  }
}

/** Mean and standard deviation of the sum of four even bytes, which is nearly normal (Irwin-Hall). */
const byteSumMean = 4 * 127.5;
const byteSumDeviation = Math.sqrt((4 * (256 * 256 - 1)) / 12);

function byteSum(word: number): number {
  return (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24);
}

const words = new Uint32Array(4);

/**
 * Bytes from a scene, with grain on every value. Four values share one hash: this is the inner loop.
 * @param grain standard deviation, share of full brightness
 * @param bytes receives [32, 32, 3], 0 … 255
 */
export function developScene(
  scene: Scene,
  grain: number,
  seed: number,
  step: number,
  bytes: Uint8Array,
): void {
  const factor = grain / byteSumDeviation;
  for (let i = 0; i < sceneBytes; i += 4) {
    pcg4d(seed, Stream.pixelNoise, step, i >>> 2, words);
    for (let k = 0; k < 4; k++) {
      const noise = factor * (byteSum(words[k] as number) - byteSumMean);
      const value = (scene[i + k] as number) + noise;
      bytes[i + k] = Math.round(largestByte * Math.max(0, Math.min(1, value)));
    }
  }
}
