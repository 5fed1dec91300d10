// One unit of the network enlarged, with its number and the range of its activation.
import { useEffect, useRef } from "react";
import type { NeuronMaps } from "../../worker/protocol";
import { figure } from "../logic/figures";
import type { Layout } from "../logic/network";
import { isDropped, mapOf, type UnitAddress, unitName } from "../logic/units";
import { usePalette } from "../ui/colours";
import type { Size } from "../ui/hooks";
import { paintSigned, signedTable } from "./paint";
import styles from "./views.module.css";

const width = 124;
const height = 156;

interface Props {
  readonly neurons: NeuronMaps;
  readonly layout: Layout;
  readonly address: UnitAddress;
  readonly size: Size;
  readonly classNames: readonly string[];
}

export function Loupe({ neurons, layout, address, size, classNames }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const values = mapOf(neurons, address);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !values || !canvas.current) return;
    const map = paintSigned(values, neurons.size, signedTable(palette));
    context.drawImage(map, 0, 0, canvas.current.width, canvas.current.height);
  });
  const column = layout.columns[address.column];
  const y = column?.ys[address.unit - (column?.first ?? 0)];
  if (!column || y === undefined || !values) return null;
  const beside = column.x + layout.tile / 2 + 8;
  const left = beside + width <= size.width ? beside : column.x - layout.tile / 2 - 8 - width;
  const top = Math.min(Math.max(0, y - height / 2), Math.max(0, size.height - height));
  return (
    <div className={styles.loupe} style={{ left: Math.max(0, left), top }}>
      <canvas ref={canvas} className={styles.loupeMap} width={224} height={224} />
      <div>{unitName(address, layout.columns.length - 1, classNames)}</div>
      <div>{isDropped(neurons, address) ? "dropped in the next step" : range(values)}</div>
    </div>
  );
}

function range(values: Float32Array): string {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low === high ? `always ${figure(low)}` : `${figure(low)} to ${figure(high)}`;
}
