// A pad to draw a digit on, and what the network makes of it while it is drawn and while it learns.

import { useCallback, useEffect, useRef, useState } from "react";
import { useEngine } from "../engine/context";
import { type Point, rasterize, type Stroke } from "../logic/digit";
import { inWords } from "../logic/failures";
import { useRun } from "../store/run";
import { useHistory } from "../ui/hooks";
import ui from "../ui/ui.module.css";
import styles from "./views.module.css";

/** Shortest time between two questions to the network. */
const askInterval = 100;
const padSide = 280;
const brush = 20;

export function DrawPad({ classNames }: { readonly classNames: readonly string[] }) {
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const { outputs, problem } = usePrediction(strokes);
  const drawn = strokes.length > 0;
  return (
    <div className={styles.body}>
      <div className={styles.draw}>
        <div className={styles.padBox}>
          <Pad strokes={strokes} onChange={setStrokes} />
          <button
            type="button"
            className={ui.button}
            disabled={!drawn}
            onClick={() => setStrokes([])}
          >
            Clear
          </button>
        </div>
        <div>
          {drawn && outputs ? (
            <Bars outputs={outputs} classNames={classNames} />
          ) : (
            <p className={styles.hint}>
              Draw a digit with mouse, finger or pen. It is moved to the middle and brought to the
              size of the training pictures before the network sees it. The pad needs a pointer; the
              samples beside it show the network's answers without one.
            </p>
          )}
          {problem ? <p role="alert">{problem}</p> : null}
        </div>
      </div>
    </div>
  );
}

interface PadProps {
  readonly strokes: readonly Stroke[];
  readonly onChange: (strokes: readonly Stroke[]) => void;
}

function Pad({ strokes, onChange }: PadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context) drawStrokes(context, strokes);
  }, [strokes]);
  const place = (event: React.PointerEvent<HTMLCanvasElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * padSide,
      y: ((event.clientY - box.top) / box.height) * padSide,
    };
  };
  return (
    <canvas
      ref={canvas}
      className={styles.pad}
      width={padSide}
      height={padSide}
      aria-label="Drawing pad for a digit"
      data-testid="pad"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onChange([...strokes, [place(event)]]);
      }}
      onPointerMove={(event) => {
        const last = strokes.at(-1);
        if (!event.currentTarget.hasPointerCapture(event.pointerId) || !last) return;
        onChange([...strokes.slice(0, -1), [...last, place(event)]]);
      }}
    />
  );
}

/** Through the middles of the hand's points, so that corners of the pointer's path don't show. */
function drawStrokes(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  context.clearRect(0, 0, padSide, padSide);
  context.strokeStyle = "#fff";
  context.lineWidth = brush;
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const stroke of strokes) {
    const [first] = stroke;
    if (!first) continue;
    context.beginPath();
    context.moveTo(first.x, first.y);
    for (let index = 1; index < stroke.length; index++) {
      const from = stroke[index - 1] as Point;
      const to = stroke[index] as Point;
      context.quadraticCurveTo(from.x, from.y, (from.x + to.x) / 2, (from.y + to.y) / 2);
    }
    const last = stroke.at(-1) as Point;
    context.lineTo(last.x, last.y + 0.01);
    context.stroke();
  }
}

interface Prediction {
  readonly outputs: Float32Array | null;
  readonly problem: string | null;
}

/** Asks again when the drawing or the network has changed, one question at a time. */
function usePrediction(strokes: readonly Stroke[]): Prediction {
  const engine = useEngine();
  const version = useHistory(["step"], 400);
  const [prediction, setPrediction] = useState<Prediction>({ outputs: null, problem: null });
  const busy = useRef(false);
  const ask = useCallback(async () => {
    const pixels = rasterize(strokes);
    if (!pixels || busy.current) return;
    busy.current = true;
    try {
      setPrediction({ outputs: await engine.predict(pixels), problem: null });
    } catch (error) {
      setPrediction({ outputs: null, problem: inWords(error) });
    }
    busy.current = false;
  }, [engine, strokes]);
  const phase = useRun((run) => run.phase);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version of the network is a reason to ask again
  useEffect(() => {
    if (phase !== "live") return;
    const timer = setTimeout(() => void ask(), askInterval);
    return () => clearTimeout(timer);
  }, [ask, version, phase]);
  return prediction;
}

interface BarsProps {
  readonly outputs: Float32Array;
  readonly classNames: readonly string[];
}

function Bars({ outputs, classNames }: BarsProps) {
  const top = outputs.indexOf(Math.max(...outputs));
  return (
    <div className={styles.bars} data-testid="pad-bars">
      {classNames.map((name, kind) => {
        const share = outputs[kind] ?? 0;
        const weight = kind === top ? styles.top : "";
        return [
          <span key={`${name}-name`} className={weight}>
            {name}
          </span>,
          <i key={`${name}-bar`} style={{ transform: `scaleX(${share})` }} />,
          <span key={`${name}-share`} className={weight}>
            {(share * 100).toFixed(0)} %
          </span>,
        ];
      })}
    </div>
  );
}
