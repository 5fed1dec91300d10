// What the first units of a network look for in a picture: their weights as small pictures, and those that are off.
import { useMemo, useRef, useState } from "react";
import type { KernelPictures } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { useWatched } from "../engine/watched";
import { count, figure } from "../logic/figures";
import { countOff, kernelWords } from "../logic/tiles";
import { history } from "../store/run";
import { usePalette } from "../ui/colours";
import { Toggle } from "../ui/Panel";
import { AsOfNow } from "./AsOfNow";
import { FoldedTable } from "./FoldedTable";
import styles from "./inside.module.css";
import { paintKernel, paintKernelRow, rowWidth } from "./paintTiles";
import { Tile } from "./Tile";
import views from "./views.module.css";

/** As many as the engine sends at once. */
const unitsAtOnce = 64;
/** Up to so many filters are shown larger. */
const few = 16;

export function FiltersView() {
  const engine = useEngine();
  const box = useRef<HTMLDivElement>(null);
  useWatched("filters", box, 300);
  const [chosen, setChosen] = useState(0);
  const [pointed, setPointed] = useState<string | null>(null);
  const layers = history.latest("filters") ?? [];
  const layer = layers[Math.min(chosen, layers.length - 1)];
  const choose = (index: number) => {
    setChosen(index);
    engine.look({ firstUnit: 0 });
  };
  return (
    <div className={views.body} ref={box} data-testid="filters">
      {layer ? (
        <>
          {layers.length > 1 || layer.shown < layer.units ? (
            <div className={styles.bar}>
              {layers.length > 1
                ? layers.map(({ name }, index) => (
                    <Toggle key={name} pressed={name === layer.name} onToggle={() => choose(index)}>
                      {name}
                    </Toggle>
                  ))
                : null}
              <Pager layer={layer} turn={(firstUnit) => engine.look({ firstUnit })} />
            </div>
          ) : null}
          <p className={views.hint}>
            {meaningOf(layer)}
            <AsOfNow />
          </p>
          <Kernels layer={layer} onPoint={setPointed} />
          <Scale layer={layer} pointed={pointed} />
        </>
      ) : (
        <p className={views.waiting}>The weights come with the next measurement.</p>
      )}
    </div>
  );
}

/** Colours are mixed into one tile; other channels stand side by side. */
const isColour = ({ sees, channels }: KernelPictures) => sees === "picture" && channels === 3;
const isSingle = (layer: KernelPictures) =>
  isColour(layer) || (layer.sees === "picture" && layer.channels === 1);

/** What a tile shows, in a sentence. */
function meaningOf(layer: KernelPictures): string {
  const { kind, sees, channels, shownChannels, height, width } = layer;
  const size = `${height}×${width}`;
  const signs = isColour(layer)
    ? "Grey is 0; a tint means that it looks for more of that colour."
    : "Blue adds, orange subtracts.";
  if (kind === "dense") {
    return `What each hidden unit looks for: its weight on every pixel. ${signs}`;
  }
  if (isSingle(layer)) return `The ${size} weights of each filter. ${signs}`;
  const which = shownChannels < channels ? `the first ${shownChannels} of ${channels}` : channels;
  const inputs = sees === "maps" ? "maps of the block before" : "channels of the picture";
  return `A row is a filter; its squares are its ${size} weights on ${which} ${inputs}. ${signs}`;
}

interface KernelsProps {
  readonly layer: KernelPictures;
  readonly onPoint: (words: string | null) => void;
}

function Kernels({ layer, onPoint }: KernelsProps) {
  const palette = usePalette();
  const inRows = !isSingle(layer);
  const paints = useMemo(() => {
    const scale = Math.max(...layer.largest, 1e-12);
    const paint = inRows ? paintKernelRow : paintKernel;
    return Array.from(
      { length: layer.shown },
      (_, unit) => (canvas: HTMLCanvasElement) => paint(canvas, layer, unit, scale, palette),
    );
  }, [layer, inRows, palette]);
  const room = {
    "--row": `${rowWidth(layer)}px`,
    "--tile": layer.units > few ? "42px" : "68px",
  } as React.CSSProperties;
  const shape = inRows ? styles.rows : layer.kind === "dense" ? styles.large : styles.small;
  return (
    <ul
      className={`${styles.tiles} ${shape}`}
      style={room}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
      tabIndex={0}
      aria-label={`Weights of ${layer.name}`}
    >
      {paints.map((paint, slot) => {
        const unit = layer.first + slot;
        const off = layer.largest[unit] === 0;
        return (
          <Tile
            key={unit}
            paint={paint}
            words={kernelWords(layer, unit)}
            caption={off ? `${unit + 1} off` : String(unit + 1)}
            crossed={off}
            onPoint={onPoint}
          />
        );
      })}
    </ul>
  );
}

interface PagerProps {
  readonly layer: KernelPictures;
  readonly turn: (firstUnit: number) => void;
}

function Pager({ layer: { kind, units, first, shown }, turn }: PagerProps) {
  const what = kind === "convolution" ? "filters" : "units";
  if (shown === units) return null;
  return (
    <span className={styles.pager}>
      <button
        type="button"
        aria-label={`${what} before`}
        disabled={first === 0}
        onClick={() => turn(Math.max(0, first - unitsAtOnce))}
      >
        ‹
      </button>
      {`${first + 1}–${first + shown} of ${count(units)} ${what}`}
      <button
        type="button"
        aria-label={`next ${what}`}
        disabled={first + shown >= units}
        onClick={() => turn(first + unitsAtOnce)}
      >
        ›
      </button>
    </span>
  );
}

interface ScaleProps {
  readonly layer: KernelPictures;
  readonly pointed: string | null;
}

/** Below the tiles: what full colour means, how many are off, and what the pointer is on. */
function Scale({ layer, pointed }: ScaleProps) {
  const off = countOff(layer);
  const what = layer.kind === "convolution" ? "filters" : "units";
  const rows = () =>
    Array.from(layer.largest, (size, unit) => [
      String(unit + 1),
      size === 0 ? "0, off" : figure(size),
    ]);
  return (
    <div className={styles.foot}>
      <span data-testid="filters-off">
        {off === 0
          ? `none of ${layer.units} ${what} off`
          : `off: ${off} of ${layer.units} ${what}, all their weights are exactly 0`}
      </span>
      <span className={styles.said}>
        {pointed ?? `full colour: ±${figure(Math.max(...layer.largest))}`}
      </span>
      <FoldedTable head={[what, "largest weight"]} rows={rows} holds="words" />
    </div>
  );
}
