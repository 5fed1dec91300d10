// What a network sees of a kept picture, at the size and in the colours of the experiment.
import { keptSide } from "./album";
import { greyOf, resample } from "./resample";

/** @param pixels [64, 64, 3] @param channels 1 (grey) or 3 @returns row-major [side, side, channels], 0 … 255 */
export function seenPixels(pixels: Uint8Array, side: number, channels: number): Uint8Array {
  const small = resample(pixels, keptSide, 3, side);
  return channels === 1 ? greyOf(small) : small;
}
