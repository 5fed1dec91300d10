// The plane with what the network believes about every place of it, and the examples it learned that from.
import { type RefObject, useCallback, useMemo, useRef } from "react";
import type { DatasetSummary, PointSet } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import type { BoundaryPicture } from "../logic/history";
import { usePage } from "../store/page";
import { history, useRun } from "../store/run";
import { useSwitch } from "../store/shown";
import { Canvas } from "../ui/Canvas";
import { type Palette, usePalette } from "../ui/colours";
import type { Size } from "../ui/hooks";
import { paintClasses, traceSign } from "./paint";
import { Sign } from "./Sign";
import styles from "./views.module.css";

type Domain = BoundaryPicture["domain"];

/** Asks for the map while the box is visible. @returns the map at the moment looked at, null before there is one */
export function useBoundary(box: RefObject<HTMLElement | null>): BoundaryPicture | null {
  useWatched("boundary", box, 125);
  const scrub = usePage((page) => page.scrub);
  return history.at("boundary", scrub)?.data ?? null;
}

/** What the network believes, over the whole stage. */
export function BoundaryMap({ picture }: { readonly picture: BoundaryPicture | null }) {
  const palette = usePalette();
  const drawMap = useCallback(
    (context: CanvasRenderingContext2D, size: Size) => {
      if (!picture) return;
      const map = paintClasses(picture.levels, picture.size, picture.classes, palette);
      context.imageSmoothingQuality = "high";
      context.drawImage(map, 0, 0, size.width, size.height);
    },
    [picture, palette],
  );
  return (
    <Canvas
      draw={drawMap}
      className={styles.layer}
      label="Decision boundary: which class the network expects at each place, paler where it is unsure"
      testId="boundary"
    />
  );
}

export function BoundaryView({ dataset }: { readonly dataset: DatasetSummary }) {
  const box = useRef<HTMLDivElement>(null);
  const picture = useBoundary(box);
  const palette = usePalette();
  return (
    <div className={styles.body} ref={box}>
      <div className={styles.square}>
        <div className={styles.stage}>
          <BoundaryMap picture={picture} />
          {picture ? <Points dataset={dataset} domain={picture.domain} palette={palette} /> : null}
        </div>
      </div>
      <BoundaryLegend dataset={dataset} />
    </div>
  );
}

interface PointsProps {
  readonly dataset: DatasetSummary;
  readonly domain: Domain;
  readonly palette: Palette;
}

/** A canvas of its own: points stay while the map below them changes with every frame. */
function Points({ dataset: { points }, domain, palette }: PointsProps) {
  const [withValidation] = useSwitch("validation");
  const [left, right, bottom, top] = domain;
  const held = useMemo<Domain>(() => [left, right, bottom, top], [left, right, bottom, top]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: Size) => {
      if (!points) return;
      if (withValidation) drawPoints(context, size, points.validation, held, palette, false);
      drawPoints(context, size, points.train, held, palette, true);
    },
    [points, withValidation, held, palette],
  );
  return <Canvas draw={draw} className={styles.layer} />;
}

export function radiusFor(count: number): number {
  return count <= 150 ? 5 : count <= 600 ? 3.6 : 2.4;
}

function drawPoints(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  { coordinates, labels, mislabelled }: PointSet,
  [left, right, bottom, top]: Domain,
  palette: Palette,
  filled: boolean,
): void {
  const radius =
    radiusFor(labels.length) * (filled ? 1 : 0.8) * Math.min(1, Math.max(0.75, width / 330));
  const colours = palette.classes.map((_, kind) => palette.css(`--class-${kind}`));
  const surface = palette.css("--surface");
  labels.forEach((label, index) => {
    const x = (((coordinates[2 * index] as number) - left) / (right - left)) * width;
    const y = ((top - (coordinates[2 * index + 1] as number)) / (top - bottom)) * height;
    const colour = colours[label % colours.length] as string;
    traceSign(context, label, x, y, radius);
    context.fillStyle = filled ? colour : surface;
    context.strokeStyle = filled ? surface : colour;
    context.lineWidth = filled ? 1.4 : 1.2;
    context.fill();
    context.stroke();
    if (filled && mislabelled[index]) ring(context, x, y, radius + 3, palette);
  });
}

/** Marks an example whose label is wrong on purpose. */
function ring(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  palette: Palette,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = palette.css("--ink");
  context.lineWidth = 1.5;
  context.stroke();
}

function BoundaryLegend({ dataset }: { readonly dataset: DatasetSummary }) {
  const wrong = useRun((run) => run.dataset?.points?.train.mislabelled.some((flag) => flag > 0));
  const [shown, toggle] = useSwitch("validation");
  return (
    <div className={styles.legend}>
      {dataset.classNames.map((name, kind) => (
        <span key={name}>
          <Sign kind={kind} />
          {name}
        </span>
      ))}
      {wrong ? (
        <span>
          <Sign kind={-1} />
          mislabelled
        </span>
      ) : null}
      <label>
        <input type="checkbox" checked={shown} onChange={toggle} />
        validation
      </label>
    </div>
  );
}
