// Clicked points as signs, and the ways to set and remove them: pointer, finger, keyboard.
import { type KeyboardEvent, type MouseEvent, useCallback, useMemo, useState } from "react";
import {
  classLetters,
  type PlanePoint,
  type PointPart,
  planeReach,
  pointParts,
  testPoint,
  trainPoint,
} from "../../data/points/points";
import { useEngine } from "../engine/context";
import { addPoint, redoPoints, removePoint, undoPoints } from "../engine/ownPoints";
import { moved, type Place, placeAt, pointNear, sharesOf } from "../logic/plane";
import { usePoints } from "../store/points";
import { useSettings } from "../store/settings";
import { Canvas } from "../ui/Canvas";
import { type Palette, usePalette } from "../ui/colours";
import type { Size } from "../ui/hooks";
import { radiusFor } from "./BoundaryView";
import { traceSign } from "./paint";
import styles from "./points.module.css";

/** A click this near to a point means it, in pixels; fingers are broader. */
const [pointerReach, fingerReach] = [7, 15];
/** The keyboard's cursor means a point this near, in raw units. */
const cursorReach = 0.04;

const help =
  "Plane for your points. Click to add a point of the chosen class, click a point to remove it. " +
  "Keys: arrows move the cursor, with Shift further; Enter adds or removes; 1 to 5 choose the class; Control and Z undoes.";

export function PointsPlane() {
  const points = usePoints((held) => held.points);
  const classes = useSettings(({ experiment }) => experiment.data.classes);
  const chosen = usePoints(({ kind }) => kind);
  const engine = useEngine();
  const [cursor, setCursor] = useState<Place>({ x: 0, y: 0 });
  const [focused, setFocused] = useState(false);

  const act = (place: Place, reach: number) => {
    const met = pointNear(points, place, reach);
    // The class that was chosen may have been taken away since.
    if (chosen >= classes) usePoints.setState({ kind: classes - 1 });
    if (met >= 0) removePoint(engine, met);
    else addPoint(engine, place.x, place.y);
  };
  const click = (event: MouseEvent<HTMLDivElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const place = placeAt((event.clientX - left) / width, (event.clientY - top) / height);
    const byFinger = (event.nativeEvent as PointerEvent).pointerType === "touch";
    setCursor(place);
    act(place, ((byFinger ? fingerReach : pointerReach) / width) * 2 * planeReach);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) {
      (event.shiftKey ? redoPoints : undoPoints)(engine);
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (event.key === "Enter") {
      act(cursor, cursorReach);
    } else if (Number(event.key) >= 1 && Number(event.key) <= classes) {
      usePoints.setState({ kind: Number(event.key) - 1 });
    } else {
      const place = moved(cursor, event.key, event.shiftKey);
      if (!place) return;
      setCursor(place);
    }
    event.preventDefault();
  };
  return (
    <>
      <Signs points={points} />
      <div
        className={styles.plane}
        role="application"
        aria-label={help}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the plane is worked with keys
        tabIndex={0}
        onClick={click}
        onKeyDown={press}
        onFocus={(event) => setFocused(event.currentTarget.matches(":focus-visible"))}
        onBlur={() => setFocused(false)}
        data-testid="points-plane"
      >
        {points.length === 0 ? <span className={styles.invitation}>Click here</span> : null}
        {focused ? <Cursor place={cursor} /> : null}
        <span className="visually-hidden" role="status">
          {focused ? describe(cursor, points, Math.min(chosen, classes - 1)) : ""}
        </span>
      </div>
    </>
  );
}

/** For those who cannot see the cursor. */
function describe(place: Place, points: readonly PlanePoint[], chosen: number): string {
  const met = points[pointNear(points, place, cursorReach)];
  const here = met ? `on a point of class ${classLetters[met.kind]}` : "free";
  return `${place.x.toFixed(2)}, ${place.y.toFixed(2)}: ${here}. Next: class ${classLetters[chosen]}. ${points.length} points.`;
}

function Cursor({ place }: { readonly place: Place }) {
  const [across, down] = sharesOf(place);
  return (
    <span
      className={styles.cursor}
      style={{ left: `${100 * across}%`, top: `${100 * down}%` }}
      data-testid="points-cursor"
    />
  );
}

function Signs({ points }: { readonly points: readonly PlanePoint[] }) {
  const seed = useSettings(({ experiment }) => experiment.seed);
  const palette = usePalette();
  const parts = useMemo(() => pointParts(points, seed), [points, seed]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: Size) =>
      drawSigns(context, size, points, parts, palette),
    [points, parts, palette],
  );
  return <Canvas draw={draw} className={styles.signs} />;
}

/** Filled: training; hollow: validation; hollow and pale: test. */
function drawSigns(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  points: readonly PlanePoint[],
  parts: readonly PointPart[],
  palette: Palette,
): void {
  const radius = radiusFor(points.length) * Math.min(1, Math.max(0.75, width / 330));
  const surface = palette.css("--surface");
  points.forEach((point, at) => {
    const [across, down] = sharesOf(point);
    const colour = palette.css(`--class-${point.kind}`);
    const filled = parts[at] === trainPoint;
    traceSign(context, point.kind, across * width, down * height, radius);
    context.globalAlpha = parts[at] === testPoint ? 0.55 : 1;
    context.fillStyle = filled ? colour : surface;
    context.strokeStyle = filled ? surface : colour;
    context.lineWidth = filled ? 1.4 : 1.6;
    context.fill();
    context.stroke();
  });
  context.globalAlpha = 1;
}
