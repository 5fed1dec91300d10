// Norms per unit: a histogram of ‖w‖₂ over the units of each layer, with the limit of max-norm where one is set.
import { useRef } from "react";
import type { PanelData } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import { figure } from "../logic/figures";
import { history } from "../store/run";
import { useSettings } from "../store/settings";
import ui from "../ui/ui.module.css";
import { shapeText } from "./shapeText";
import styles from "./weights.module.css";

const binCount = 24;
/** Drawing units of a histogram; it is stretched to its column. */
const [width, height] = [240, 100];

/** Counts of `binCount` equal bins over [0, top]. */
export function binNorms(norms: ArrayLike<number>, top: number): number[] {
  const counts = new Array<number>(binCount).fill(0);
  for (const norm of Array.from(norms)) {
    const bin = Math.min(binCount - 1, Math.floor((norm / top) * binCount));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function median(norms: Float32Array): number {
  const sorted = norms.slice().sort();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

export function UnitNorms() {
  const box = useRef<HTMLDivElement>(null);
  useWatched("unitNorms", box, 250);
  const limit = useSettings(({ experiment }) => experiment.regularization.maxNorm);
  const layers = history.latest("unitNorms") ?? [];
  const longest = Math.max(...layers.map(({ norms }) => Math.max(...norms)));
  // The limit stands clear of the edge.
  const reach = Math.max(1.05 * longest, 1.25 * limit);
  const top = Number.isFinite(reach) && reach > 0 ? reach : 1;
  return (
    <>
      <div className={styles.ridges} ref={box} data-testid="unit-norms">
        {layers.map((layer) => (
          <Layer key={layer.name} layer={layer} top={top} limit={limit} />
        ))}
      </div>
      <p className={ui.note}>
        Units by the norm of their incoming weights: 0 at the left, {figure(top)} at the right.
        {limit > 0 ? ` Line: max-norm ${figure(limit)}.` : ""}
      </p>
    </>
  );
}

interface LayerProps {
  readonly layer: PanelData["unitNorms"][number];
  readonly top: number;
  readonly limit: number;
}

function Layer({ layer, top, limit }: LayerProps) {
  const counts = binNorms(layer.norms, top);
  const most = Math.max(...counts);
  const x = (norm: number) => (norm / top) * width;
  const spread = `${figure(Math.min(...layer.norms))} – ${figure(Math.max(...layer.norms))}`;
  const label = `${shapeText(layer)}: ${layer.norms.length} units, norms ${spread}, median ${figure(median(layer.norms))}`;
  return (
    <figure className={styles.ridge}>
      <svg
        className={styles.canvas}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {counts.map((count, bin) => {
          const tall = (count / most) * (height - 4);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: bins have no other name
              key={bin}
              x={(bin * width) / binCount + 0.5}
              y={height - tall}
              width={width / binCount - 1}
              height={tall}
              fill="var(--train)"
            />
          );
        })}
        <line x1={0} x2={width} y1={height} y2={height} stroke="var(--line)" />
        {limit > 0 ? (
          <line
            x1={x(limit)}
            x2={x(limit)}
            y1={0}
            y2={height}
            stroke="var(--ink)"
            strokeDasharray="6 4"
            vectorEffect="non-scaling-stroke"
            data-testid="max-norm-limit"
          />
        ) : null}
      </svg>
      <figcaption>
        <b>{shapeText(layer)}</b>
        <span>median {figure(median(layer.norms))}</span>
      </figcaption>
    </figure>
  );
}
