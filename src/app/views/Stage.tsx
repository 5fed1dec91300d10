// Activations of one place of the network: maps as tiles, single units as a strip of squares.
import { useCallback, useMemo, useRef } from "react";
import type { ActivationStage } from "../../worker/protocol";
import { extentOf, stageUnitWords, unitValues } from "../logic/tiles";
import { Canvas } from "../ui/Canvas";
import { usePalette } from "../ui/colours";
import { type Size, useSize } from "../ui/hooks";
import { cross } from "./crosses";
import styles from "./inside.module.css";
import { paintRectangle, signedWord } from "./paintTiles";
import { Tile } from "./Tile";

interface Props {
  readonly stage: ActivationStage;
  readonly onPoint: (words: string | null) => void;
}

/** Largest size among a stage's values: where its scale ends. */
function scaleOf({ values }: ActivationStage): number {
  const [low, high] = extentOf(values);
  return Math.max(Math.abs(low), Math.abs(high), 1e-12);
}

export function MapTiles({ stage, onPoint }: Props) {
  const palette = usePalette();
  const paints = useMemo(() => {
    const scale = scaleOf(stage);
    return Array.from({ length: stage.shown }, (_, unit) => (canvas: HTMLCanvasElement) => {
      const values = unitValues(stage, unit);
      paintRectangle(canvas, stage.width, stage.height, (pixel) =>
        signedWord(palette, values[pixel] as number, scale),
      );
    });
  }, [stage, palette]);
  return (
    <ul className={`${styles.tiles} ${styles.maps}`}>
      {paints.map((paint, unit) => (
        <Tile
          // biome-ignore lint/suspicious/noArrayIndexKey: maps have fixed numbers
          key={unit}
          paint={paint}
          words={stageUnitWords(stage, unit)}
          caption={String(unit + 1)}
          crossed={stage.dropped?.[unit] === 1}
          onPoint={onPoint}
        />
      ))}
    </ul>
  );
}

/** Side of a unit's square with its gap: larger where there are few. */
const pitchFor = (units: number) => (units > 256 ? 11 : units > 64 ? 14 : 18);

export function UnitStrip({ stage, onPoint }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const palette = usePalette();
  const pitch = pitchFor(stage.units);
  const columns = Math.max(1, Math.floor(width / pitch));
  const draw = useCallback(
    (context: CanvasRenderingContext2D, _size: Size) => {
      const scale = scaleOf(stage);
      for (let unit = 0; unit < stage.shown; unit++) {
        const left = (unit % columns) * pitch;
        const top = Math.floor(unit / columns) * pitch;
        const dropped = stage.dropped?.[unit] === 1;
        context.globalAlpha = dropped ? 0.3 : 1;
        context.fillStyle = cssOf(signedWord(palette, stage.values[unit] as number, scale));
        context.fillRect(left, top, pitch - 1, pitch - 1);
        context.globalAlpha = 1;
        context.strokeStyle = palette.css(dropped ? "--ink-2" : "--line-strong");
        context.lineWidth = 1;
        context.strokeRect(left + 0.5, top + 0.5, pitch - 2, pitch - 2);
        if (dropped) cross(context, left, top, pitch - 1);
      }
    },
    [stage, columns, pitch, palette],
  );
  const point = (event: React.PointerEvent<HTMLDivElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const column = Math.floor((event.clientX - left) / pitch);
    const unit = Math.floor((event.clientY - top) / pitch) * columns + column;
    onPoint(column < columns && unit < stage.shown ? stageUnitWords(stage, unit) : null);
  };
  return (
    <div
      ref={box}
      className={styles.units}
      style={{ height: Math.ceil(stage.shown / columns) * pitch }}
      onPointerMove={point}
      onPointerLeave={() => onPoint(null)}
    >
      <Canvas draw={draw} className={styles.strip} label={`Activations of ${stage.name}`} />
    </div>
  );
}

const cssOf = (word: number) => `rgb(${word & 255} ${(word >>> 8) & 255} ${(word >>> 16) & 255})`;
