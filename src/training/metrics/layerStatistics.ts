// Norms, zeros, whole units and histograms of the kernels, from figures made where the weights are.
import {
  addHistogram,
  type FigureName,
  figureNames,
  fillStatistics,
  histogramBins,
  histogramRange,
  type Segment,
  statisticsWidth,
} from "../kernels/weightStatistics";
import type { Network } from "../network";
import type { LayerStatistics } from "../reportTypes";

export { histogramBins, histogramRange, nearZeroThreshold } from "../kernels/weightStatistics";

/** Counts of 64 equal bins over [−range, range], a power of two; see addHistogram. */
export function symmetricHistogram(values: ArrayLike<number>, range: number): number[] {
  const counts = new Array<number>(histogramBins).fill(0);
  addHistogram(values, range, counts);
  return counts;
}

/** The kernels' places in the flat weights, in forward order. */
export function segmentsOf(network: Network): Segment[] {
  return network.slots
    .filter((slot) => slot.kind === "kernel")
    .map(({ offset, size, shape }) => ({ offset, size, units: shape.at(-1) as number }));
}

/** What figures say of `count` weights. Norms are NaN where a weight is not finite. */
function describe(figures: ArrayLike<number>, count: number) {
  const of = (name: FigureName) => figures[figureNames.indexOf(name)] as number;
  const whole = of("notFinite") > 0 ? Number.NaN : 1;
  return {
    norm1: whole * of("norm1"),
    norm2: whole * Math.sqrt(of("squares")),
    largest: of("largest"),
    nearZero: of("nearZero") / count,
    exactZero: of("exactZero") / count,
    unitsOff: of("unitsOff"),
    longestUnit: whole * Math.sqrt(of("longestSquare")),
    histogram: Array.from({ length: histogramBins }, (_, bin) =>
      Number(figures[figureNames.length + bin]),
    ),
    range: histogramRange(of("largest")),
  };
}

/** Statistics of one list of weights. */
export function describeWeights(values: Float32Array) {
  const figures = new Float64Array(statisticsWidth);
  fillStatistics(values, 1, figures);
  return describe(figures, values.length);
}

/** Figures of layers that weights alone do not tell, each in forward order. */
export interface LayerMeasurements {
  /** Of every kernel; null before the first measured step. */
  readonly updateRatios: ArrayLike<number> | null;
  /** Of every hidden layer; null where there is none. */
  readonly deadShares: ArrayLike<number> | null;
}

/** Statistics of every kernel, in forward order. @param figures of all kernels; see weightStatistics. */
export function layerStatistics(
  network: Network,
  figures: Float32Array,
  { updateRatios, deadShares }: LayerMeasurements,
): LayerStatistics[] {
  return network.slots
    .filter((slot) => slot.kind === "kernel")
    .map(({ layer, shape, size }, index) => {
      const start = index * statisticsWidth;
      return {
        name: layer,
        shape,
        parameters: size,
        units: shape.at(-1) as number,
        updateRatio: updateRatios?.[index] ?? null,
        deadUnits: deadShares?.[index] ?? null,
        ...describe(figures.subarray(start, start + statisticsWidth), size),
      };
    });
}
