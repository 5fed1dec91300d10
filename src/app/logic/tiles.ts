// Words and places of the small pictures inside a network: what a tile shows, what its scale is, which are off or dropped.
import type { ActivationStage, KernelPictures } from "../../worker/protocol";
import { figure } from "./figures";

/** Smallest and largest of some values; 0 and 0 for none. */
export function extentOf(values: Float32Array): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? [0, 0] : [low, high];
}

/** "0 to 2.31", or "always 0". */
export function rangeWords([low, high]: readonly [number, number]): string {
  return low === high ? `always ${figure(low)}` : `${figure(low)} to ${figure(high)}`;
}

/** Values of one shown unit of a stage. */
export function unitValues({ values, height, width }: ActivationStage, unit: number): Float32Array {
  const size = height * width;
  return values.subarray(unit * size, (unit + 1) * size);
}

/** "block 1, map 3: 0 to 0.82, dropped in the next step" */
export function stageUnitWords(stage: ActivationStage, unit: number): string {
  const what = stage.kind === "maps" ? "map" : "unit";
  const range = unit < stage.shown ? `: ${rangeWords(extentOf(unitValues(stage, unit)))}` : "";
  const dropped = stage.dropped?.[unit] ? ", dropped in the next step" : "";
  return `${stage.name}, ${what} ${unit + 1}${range}${dropped}`;
}

export function countDropped({ dropped }: Pick<ActivationStage, "dropped">): number {
  return dropped?.reduce((sum, flag) => sum + flag, 0) ?? 0;
}

/** Weights of one shown unit on one of its shown channels, [height, width]. */
export function channelWeights(
  { weights, shownChannels, height, width }: KernelPictures,
  unit: number,
  channel: number,
): Float32Array {
  const size = height * width;
  const start = (unit * shownChannels + channel) * size;
  return weights.subarray(start, start + size);
}

/** Units all of whose weights are exactly 0. */
export function countOff({ largest }: Pick<KernelPictures, "largest">): number {
  return largest.reduce((sum, size) => sum + (size === 0 ? 1 : 0), 0);
}

/** "filter 3: largest weight 0.41", or that it is off. */
export function kernelWords({ kind, largest }: KernelPictures, unit: number): string {
  const what = kind === "convolution" ? "filter" : "unit";
  const size = largest[unit] ?? 0;
  return `${what} ${unit + 1}: ${size === 0 ? "off, all weights are 0" : `largest weight ${figure(size)}`}`;
}
