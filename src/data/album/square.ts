// From decoded pixels to a kept square: transparency on a ground where the drawing shows, size, orientation, blankness.
import { keptSide } from "./album";
import { upright } from "./exif";
import { resample } from "./resample";

/** What an image is laid on where it is transparent. */
export type Ground = "white" | "black";

/** Light drawings, brighter than this on average (0 … 255), are laid on black. */
const lightFrom = 160;
/** Values of one colour may differ so much: browsers that protect against fingerprinting change the last bit. */
const sameWithin = 2;

const brightness = (pixels: ArrayLike<number>, at: number) =>
  0.299 * (pixels[at] as number) +
  0.587 * (pixels[at + 1] as number) +
  0.114 * (pixels[at + 2] as number);

/**
 * The ground for a drawing: white, or black where the visible part is light. It depends on the image alone, so that
 * the same file gives the same pixels whatever it is loaded with.
 * @param pixels [count, 4], opacity not multiplied in
 * @returns null where nothing is transparent; "nothing" where all is
 */
export function groundFor(pixels: ArrayLike<number>): Ground | "nothing" | null {
  let [light, weight, clear] = [0, 0, false];
  for (let at = 0; at < pixels.length; at += 4) {
    const opacity = pixels[at + 3] as number;
    if (opacity < 255) clear = true;
    if (opacity === 0) continue;
    light += opacity * brightness(pixels, at);
    weight += opacity;
  }
  if (!clear) return null;
  // Less than a few pixels' worth in all: specks.
  if (weight < 255 * 2) return "nothing";
  return light / weight > lightFrom ? "black" : "white";
}

/** Lays pixels on a ground. @returns [count, 4], opaque */
export function onGround(pixels: ArrayLike<number>, ground: Ground): Uint8Array {
  const base = ground === "white" ? 255 : 0;
  const result = new Uint8Array(pixels.length).fill(255);
  for (let at = 0; at < pixels.length; at += 4) {
    const share = (pixels[at + 3] as number) / 255;
    for (let k = 0; k < 3; k++)
      result[at + k] = Math.round(base + share * ((pixels[at + k] as number) - base));
  }
  return result;
}

/** The one colour that an image consists of, in words; null where there are more. @param pixels [count, 3] */
export function onlyColour(pixels: Uint8Array): string | null {
  const [low, high] = [
    [255, 255, 255],
    [0, 0, 0],
  ] as [number[], number[]];
  for (let at = 0; at < pixels.length; at++) {
    const value = pixels[at] as number;
    if (value < (low[at % 3] as number)) low[at % 3] = value;
    if (value > (high[at % 3] as number)) high[at % 3] = value;
  }
  if (low.some((value, k) => (high[k] as number) - value > sameWithin)) return null;
  if (low.every((value) => value >= 250)) return "white";
  if (high.every((value) => value <= 5)) return "black";
  return `#${low.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

export interface Squared {
  /** Row-major [keptSide, keptSide, 3]. */
  readonly pixels: Uint8Array;
  readonly ground: Ground | null;
}

/**
 * A decoded middle square as it is kept.
 * @param pixels row-major [side, side, 4], as stored in the file
 * @param orientation EXIF's, 1 … 8
 * @returns null where nothing is visible
 */
export function squareFrom(
  pixels: ArrayLike<number>,
  side: number,
  orientation: number,
): Squared | null {
  const ground = groundFor(pixels);
  if (ground === "nothing") return null;
  const opaque = ground ? onGround(pixels, ground) : pixels;
  return { pixels: upright(resample(opaque, side, 4, keptSide), keptSide, orientation), ground };
}

/** The middle square of an image: left, top and side in its own pixels. */
export function middleSquare(width: number, height: number) {
  const side = Math.min(width, height);
  return { left: (width - side) >> 1, top: (height - side) >> 1, side };
}
