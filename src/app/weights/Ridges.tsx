// Histograms over time as ridge lines, oldest at the top: how each layer's weights drifted, shrank or froze.
import { useCallback, useMemo } from "react";
import { figure, percent } from "../logic/figures";
import { cropMiddle, mergePairs, rebin, typicalPeak, visibleShare } from "../logic/histogram";
import type { LayerRecord } from "../logic/history";
import { spread } from "../logic/thin";
import { Canvas } from "../ui/Canvas";
import { type Palette, usePalette } from "../ui/colours";
import type { Size } from "../ui/hooks";
import { shapeText } from "./shapeText";
import styles from "./weights.module.css";

const mostRows = 17;
/** Layers below this size would show single weights as teeth. */
const fewParameters = 1000;

export interface RidgeData {
  /** Heights in [0, ∞), 1 being a typical peak; oldest first. */
  readonly rows: readonly (readonly number[])[];
  /** The axis runs over [−reach, reach]. */
  readonly reach: number;
}

/** Brings one layer's histograms of several moments onto one axis. */
export function ridgeOf(records: readonly LayerRecord[], layer: number): RidgeData {
  const histograms = records.flatMap((record) => record.data[layer] ?? []);
  const widest = Math.max(...histograms.map(({ range }) => range));
  const folded = histograms.map(({ histogram, range, parameters }) => {
    const total = histogram.reduce((sum, count) => sum + count, 0) || 1;
    const counts = rebin(histogram, range, widest).map((count) => count / total);
    return parameters < fewParameters ? mergePairs(counts) : counts;
  });
  const share = visibleShare(folded);
  const cropped = folded.map((row) => cropMiddle(row, share));
  const peak = typicalPeak(cropped);
  return {
    rows: cropped.map((row) => row.map((value) => value / peak)),
    reach: widest * share,
  };
}

export function Ridges({ records }: { readonly records: readonly LayerRecord[] }) {
  const chosen = useMemo(
    () => spread(records, ({ epoch }) => epoch, Number.POSITIVE_INFINITY, mostRows),
    [records],
  );
  const now = records.at(-1) as LayerRecord;
  return (
    <div className={styles.ridges}>
      {now.data.map((layer, index) => (
        <figure key={layer.name} className={styles.ridge}>
          <Ridge records={chosen} layer={index} name={shapeText(layer)} />
          <figcaption>
            <b>{shapeText(layer)}</b>
            <span title="Share of weights near zero (below 1e-3), exact zeros included">
              ≈0: {percent(layer.nearZero)}
            </span>
          </figcaption>
        </figure>
      ))}
    </div>
  );
}

interface RidgeProps {
  readonly records: readonly LayerRecord[];
  readonly layer: number;
  readonly name: string;
}

function Ridge({ records, layer, name }: RidgeProps) {
  const palette = usePalette();
  const data = useMemo(() => ridgeOf(records, layer), [records, layer]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: Size) => drawRidges(context, size, data, palette),
    [data, palette],
  );
  return (
    <>
      <Canvas
        draw={draw}
        className={styles.canvas}
        label={`Histograms of the ${name} kernel over time, within ±${figure(data.reach)}`}
        testId={`ridges-${layer}`}
      />
      <span className={styles.range} aria-hidden="true">
        <span>−{shortFigure(data.reach)}</span>
        <span>0</span>
        <span>{shortFigure(data.reach)}</span>
      </span>
    </>
  );
}

/** Powers of two read best as they are: 0.25, 2, 16. */
function shortFigure(value: number): string {
  return value >= 1 / 128 && value <= 4096 ? String(value) : figure(value);
}

/** Highest peak, in typical peaks: a spike of exact zeros is cut there. */
const tallest = 1.7;

function drawRidges(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  { rows }: RidgeData,
  palette: Palette,
): void {
  const step = height / (mostRows + 1);
  const tall = Math.min(30, step * 1.15);
  const colour = palette.css("--train");
  rows.forEach((row, index) => {
    // The newest row lies at the bottom, also while there are few.
    const age = rows.length - 1 - index;
    const base = height - 2 - age * step;
    const newest = age === 0;
    const share = 1 - age / mostRows;
    tracePath(context, row, width, base, tall);
    context.globalAlpha = 1;
    context.fillStyle = palette.css("--surface");
    context.fill();
    context.globalAlpha = newest ? 0.8 : 0.1 + 0.45 * share;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = newest ? 1 : 0.35 + 0.5 * share;
    context.strokeStyle = colour;
    context.lineWidth = newest ? 1.6 : 0.8;
    context.stroke();
  });
  context.globalAlpha = 1;
}

function tracePath(
  context: CanvasRenderingContext2D,
  row: readonly number[],
  width: number,
  base: number,
  tall: number,
): void {
  const slot = width / row.length;
  context.beginPath();
  context.moveTo(0, base);
  row.forEach((value, bin) => {
    context.lineTo((bin + 0.5) * slot, base - Math.min(value, tallest) * tall);
  });
  context.lineTo(width, base);
  context.closePath();
}
