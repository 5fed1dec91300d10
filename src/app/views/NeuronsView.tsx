// The network as a picture: every unit shows its own map of the plane, lines show the weights between units.
import { useCallback, useMemo, useRef, useState } from "react";
import type { NeuronMaps } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import { count } from "../logic/figures";
import { type Column, chooseLines, type Layout, layOut } from "../logic/network";
import { dropWords, isDropped, mapOf, type UnitAddress, unitName } from "../logic/units";
import { usePage } from "../store/page";
import { history } from "../store/run";
import { useSettings } from "../store/settings";
import { Canvas } from "../ui/Canvas";
import { type Palette, usePalette } from "../ui/colours";
import { type Size, useSize } from "../ui/hooks";
import { cross } from "./crosses";
import { Loupe } from "./Loupe";
import { paintSigned, signedTable } from "./paint";
import styles from "./views.module.css";

const mostLines = 60;

export function NeuronsView({ classNames }: { readonly classNames: readonly string[] }) {
  const outer = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const version = useWatched("neurons", outer, 160);
  const size = useSize(box);
  const neurons = history.latest("neurons");
  const [pages, setPages] = useState<readonly number[]>([]);
  const [focused, setFocused] = useState<UnitAddress | null>(null);
  const scrub = usePage((page) => page.scrub);
  const units = unitsOf(neurons, classNames.length);
  const key = `${units.join("-")}/${pages.join("-")}/${size.width}×${size.height}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds all that the layout depends on
  const layout = useMemo(() => layOut(units, pages, size.width, size.height), [key]);
  const turn = (column: number, first: number) =>
    setPages(units.map((_, index) => (index === column ? first : (pages[index] ?? 0))));
  return (
    <div className={styles.body} ref={outer}>
      <div className={styles.net} ref={box}>
        {neurons && size.width > 0 ? (
          <>
            <Net neurons={neurons} layout={layout} version={version} />
            <Units neurons={neurons} layout={layout} classNames={classNames} onFocus={setFocused} />
            {layout.columns.map((column, index) => (
              <Pager
                key={column.x}
                column={column}
                index={index}
                last={units.length - 1}
                narrow={size.width / layout.columns.length < pagerWidth}
                turn={turn}
              />
            ))}
            {focused ? (
              <Loupe
                neurons={neurons}
                layout={layout}
                address={focused}
                size={size}
                classNames={classNames}
              />
            ) : null}
          </>
        ) : (
          <p className={styles.waiting}>The maps come with the next measurement.</p>
        )}
      </div>
      <div className={styles.legend}>
        <LineKey colour="var(--pos)" text="positive" dash="" />
        <LineKey colour="var(--neg)" text="negative" dash="4 3" />
        <span>
          {scrub === null ? "weight or activation" : "shown as of now: maps are not recorded"}
        </span>
        {neurons ? <DropKey neurons={neurons} /> : null}
      </div>
    </div>
  );
}

/** Says what the crosses are, as long as there can be any. */
function DropKey({ neurons }: { readonly neurons: NeuronMaps }) {
  const rates = useSettings(({ experiment }) => experiment.regularization);
  const words = dropWords(neurons, rates);
  if (!words) return null;
  return (
    <span className={styles.long} data-testid="network-dropped">
      <svg width="12" height="12" aria-hidden="true">
        <path d="M1 1L11 11M11 1L1 11" stroke="var(--ink)" strokeWidth="1.4" />
      </svg>
      {words}
    </span>
  );
}

function LineKey(props: { readonly colour: string; readonly text: string; readonly dash: string }) {
  return (
    <span>
      <svg width="16" height="8" aria-hidden="true">
        <path d="M0 4H16" stroke={props.colour} strokeWidth="2.5" strokeDasharray={props.dash} />
      </svg>
      {props.text}
    </span>
  );
}

function unitsOf(neurons: NeuronMaps | null, classes: number): readonly number[] {
  return [2, ...(neurons?.layers.map(({ units }) => units) ?? []), Math.max(1, classes)];
}

interface NetProps {
  readonly neurons: NeuronMaps;
  readonly layout: Layout;
  readonly version: number;
}

function Net({ neurons, layout }: NetProps) {
  const palette = usePalette();
  const tiles = useRef<HTMLCanvasElement[]>([]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, _size: Size) => {
      drawLines(context, neurons, layout, palette);
      drawTiles(context, neurons, layout, palette, tiles.current);
    },
    [neurons, layout, palette],
  );
  return (
    <Canvas
      draw={draw}
      className={styles.layer}
      label="The network: inputs at the left, hidden layers, outputs at the right, each hidden unit with its own map of the plane"
      testId="network"
    />
  );
}

function drawLines(
  context: CanvasRenderingContext2D,
  { kernels }: NeuronMaps,
  { columns, tile }: Layout,
  palette: Palette,
): void {
  kernels.forEach((kernel, index) => {
    const left = columns[index];
    const right = columns[index + 1];
    if (!left || !right) return;
    for (const { from, to, weight } of chooseLines(kernel, left, right, mostLines).reverse()) {
      const x0 = left.x + tile / 2;
      const x1 = right.x - tile / 2;
      const y0 = left.ys[from] as number;
      const y1 = right.ys[to] as number;
      const middle = (x0 + x1) / 2;
      context.beginPath();
      context.moveTo(x0, y0);
      context.bezierCurveTo(middle, y0, middle, y1, x1, y1);
      const size = Math.abs(weight);
      context.globalAlpha = 0.08 + 0.8 * size * size;
      context.lineWidth = 0.6 + 2.4 * size;
      context.strokeStyle = palette.css(weight > 0 ? "--pos" : "--neg");
      context.setLineDash(weight > 0 ? [] : [5, 3]);
      context.stroke();
    }
  });
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function drawTiles(
  context: CanvasRenderingContext2D,
  neurons: NeuronMaps,
  { columns, tile }: Layout,
  palette: Palette,
  tiles: HTMLCanvasElement[],
): void {
  const table = signedTable(palette);
  let used = 0;
  columns.forEach((column, index) => {
    column.ys.forEach((y, slot) => {
      const address = { column: index, unit: column.first + slot };
      const values = mapOf(neurons, address);
      const dropped = isDropped(neurons, address);
      context.globalAlpha = dropped ? 0.3 : 1;
      const left = column.x - tile / 2;
      const top = y - tile / 2;
      if (values) {
        const canvas = paintSigned(values, neurons.size, table, tiles[used]);
        tiles[used++] = canvas;
        context.drawImage(canvas, left, top, tile, tile);
      } else {
        context.fillStyle = palette.css(`--class-${slot}`);
        context.fillRect(left, top, tile, tile);
      }
      context.strokeStyle = palette.css("--line-strong");
      context.lineWidth = 1;
      context.globalAlpha = 1;
      if (dropped) context.strokeStyle = palette.css("--ink-2");
      context.strokeRect(left + 0.5, top + 0.5, tile - 1, tile - 1);
      if (dropped) cross(context, left, top, tile);
    });
  });
}

interface UnitsProps {
  readonly neurons: NeuronMaps;
  readonly layout: Layout;
  readonly classNames: readonly string[];
  readonly onFocus: (address: UnitAddress | null) => void;
}

/** Invisible buttons over the tiles: for pointer, touch and keys alike. */
function Units({ neurons, layout: { columns, tile }, classNames, onFocus }: UnitsProps) {
  return columns.flatMap((column, index) =>
    column.ys.map((y, slot) => {
      const address = { column: index, unit: column.first + slot };
      return (
        <button
          key={`${column.x}-${address.unit}`}
          type="button"
          className={styles.unit}
          aria-label={`${unitName(address, columns.length - 1, classNames)}${isDropped(neurons, address) ? ", dropped in the next step" : ""}`}
          style={{ left: column.x - tile / 2, top: y - tile / 2, width: tile, height: tile }}
          onPointerEnter={() => onFocus(address)}
          onPointerLeave={() => onFocus(null)}
          onFocus={() => onFocus(address)}
          onBlur={() => onFocus(null)}
        />
      );
    }),
  );
}

interface PagerProps {
  readonly column: Column;
  readonly index: number;
  readonly last: number;
  readonly narrow: boolean;
  readonly turn: (column: number, first: number) => void;
}

/** Pixels between columns that the pager's words need. */
const pagerWidth = 92;

/** Which units a column shows, or how many more there are. */
function pageText({ units, first, shown }: Column, narrow: boolean): string {
  if (first === 0) return `+${count(units - shown)}${narrow ? "" : " more"}`;
  return narrow ? `${first + 1}…` : `${first + 1}–${first + shown}`;
}

/** Under a layer with more units than fit: which ones are shown, and the way to the others. */
function Pager({ column, index, last, narrow, turn }: PagerProps) {
  const { units, first, shown } = column;
  const page = Math.max(1, shown);
  if (index === 0 || index === last) {
    return (
      <div className={styles.column} style={{ left: column.x }}>
        {index === 0 ? "in" : "out"}
      </div>
    );
  }
  if (units <= page && first === 0) {
    return (
      <div className={styles.column} style={{ left: column.x }}>
        {units}
      </div>
    );
  }
  return (
    <div
      className={styles.column}
      style={{ left: column.x }}
      data-narrow={narrow}
      title={`Units ${first + 1} to ${first + shown} of ${units}`}
    >
      <button
        type="button"
        aria-label={`Layer ${index}: units before`}
        disabled={first === 0}
        onClick={() => turn(index, Math.max(0, first - page))}
      >
        ‹
      </button>
      {pageText(column, narrow)}
      <button
        type="button"
        aria-label={`Layer ${index}: next units`}
        disabled={first + shown >= units}
        onClick={() => turn(index, first + shown)}
      >
        ›
      </button>
    </div>
  );
}
