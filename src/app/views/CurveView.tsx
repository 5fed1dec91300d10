// Regression: the noisy points, the function behind them, and the function that the network has become.
import { useCallback, useRef } from "react";
import { curveValue } from "../../data/curve";
import type { DatasetSummary, PointSet } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import { niceTicks } from "../logic/axis";
import { usePage } from "../store/page";
import { history } from "../store/run";
import { useSwitch } from "../store/shown";
import { Canvas } from "../ui/Canvas";
import { type Palette, usePalette } from "../ui/colours";
import type { Size } from "../ui/hooks";
import ui from "../ui/ui.module.css";
import styles from "./views.module.css";

interface Frame {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

const edge = { left: 30, right: 8, top: 8, bottom: 20 } as const;

export function CurveView({ dataset }: { readonly dataset: DatasetSummary }) {
  const box = useRef<HTMLDivElement>(null);
  useWatched("curve", box, 125);
  const scrub = usePage((page) => page.scrub);
  const [withValidation, toggleValidation] = useSwitch("validation");
  const record = history.at("curve", scrub);
  const palette = usePalette();
  const { points } = dataset;
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: Size) => {
      if (!points) return;
      const frame = makeFrame(points.train, points.validation, size);
      drawAxes(context, size, frame, palette);
      if (withValidation) drawDots(context, points.validation, frame, palette, false);
      drawRule(context, frame, palette);
      drawDots(context, points.train, frame, palette, true);
      if (record) drawFit(context, record.data.x, record.data.y, frame, palette);
    },
    [points, record, withValidation, palette],
  );
  return (
    <div className={styles.body} ref={box}>
      <Canvas
        draw={draw}
        className={styles.wide}
        label="Training points, the rule behind them and the network's curve"
        testId="fitted-curve"
      />
      <div className={styles.legend}>
        <span className={ui.key} style={{ "--key": "var(--ink)" } as React.CSSProperties}>
          network
        </span>
        <span
          className={`${ui.key} ${ui.dashed}`}
          style={{ "--key": "var(--ink-3)" } as React.CSSProperties}
        >
          true rule
        </span>
        <span>
          <svg width="10" height="10" viewBox="-5 -5 10 10" aria-hidden="true">
            <circle r="4" fill="var(--train)" />
          </svg>
          training
        </span>
        <label>
          <input type="checkbox" checked={withValidation} onChange={toggleValidation} />
          validation
        </label>
      </div>
    </div>
  );
}

function extent(values: readonly Float32Array[], share: number): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of values) {
    for (const value of list) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const margin = (high - low || 1) * share;
  return [low - margin, high + margin];
}

function makeFrame(train: PointSet, validation: PointSet, { width, height }: Size): Frame {
  const xRange = extent([train.coordinates, validation.coordinates], 0.03);
  const yRange = extent([train.targets, validation.targets], 0.08);
  const across = (width - edge.left - edge.right) / (xRange[1] - xRange[0]);
  const up = (height - edge.top - edge.bottom) / (yRange[1] - yRange[0]);
  return {
    xRange,
    yRange,
    x: (value) => edge.left + (value - xRange[0]) * across,
    y: (value) => height - edge.bottom - (value - yRange[0]) * up,
  };
}

function drawAxes(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  { x, y, xRange, yRange }: Frame,
  palette: Palette,
): void {
  context.font = "11px system-ui, sans-serif";
  context.fillStyle = palette.css("--ink-3");
  context.strokeStyle = palette.css("--line");
  context.lineWidth = 1;
  context.textAlign = "right";
  for (const tick of niceTicks(yRange[0], yRange[1], 5)) {
    context.beginPath();
    context.moveTo(edge.left, y(tick));
    context.lineTo(width - edge.right, y(tick));
    context.stroke();
    context.fillText(String(tick).replace("-", "−"), edge.left - 6, y(tick) + 4);
  }
  context.textAlign = "center";
  for (const tick of niceTicks(xRange[0], xRange[1], 5)) {
    context.fillText(String(tick).replace("-", "−"), x(tick), height - 5);
  }
}

function drawDots(
  context: CanvasRenderingContext2D,
  { coordinates, targets }: PointSet,
  { x, y }: Frame,
  palette: Palette,
  strong: boolean,
): void {
  context.fillStyle = palette.css(strong ? "--train" : "--valid");
  context.strokeStyle = palette.css("--surface");
  context.globalAlpha = strong ? 1 : 0.4;
  context.lineWidth = 1.2;
  coordinates.forEach((at, index) => {
    context.beginPath();
    context.arc(x(at), y(targets[index] as number), strong ? 4 : 2, 0, 2 * Math.PI);
    context.fill();
    if (strong) context.stroke();
  });
  context.globalAlpha = 1;
}

function drawRule(context: CanvasRenderingContext2D, frame: Frame, palette: Palette): void {
  const [low, high] = frame.xRange;
  context.beginPath();
  for (let slot = 0; slot <= 120; slot++) {
    const at = low + ((high - low) * slot) / 120;
    context.lineTo(frame.x(at), frame.y(curveValue(at)));
  }
  context.strokeStyle = palette.css("--ink-3");
  context.lineWidth = 1.4;
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}

function drawFit(
  context: CanvasRenderingContext2D,
  xs: Float32Array,
  ys: Float32Array,
  { x, y }: Frame,
  palette: Palette,
): void {
  context.beginPath();
  xs.forEach((at, index) => {
    context.lineTo(x(at), y(ys[index] as number));
  });
  context.strokeStyle = palette.css("--ink");
  context.lineWidth = 2.2;
  context.lineJoin = "round";
  context.stroke();
}
