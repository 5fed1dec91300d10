// The sign of a line, at its end and in the legend: told apart by form as well as by colour.
import styles from "./charts.module.css";
import type { Series, Shape as ShapeName } from "./series";

const paths: Readonly<Record<ShapeName, string>> = {
  disc: "M0-3.4A3.4 3.4 0 1 1 0 3.4 3.4 3.4 0 1 1 0-3.4Z",
  ring: "M0-3A3 3 0 1 1 0 3 3 3 0 1 1 0-3Z",
  diamond: "M0-4.2 4.2 0 0 4.2-4.2 0Z",
  triangle: "M0-4 4 3.2H-4Z",
};

function Form({ series: { shape, colour } }: { readonly series: Series }) {
  return (
    <path
      d={paths[shape]}
      fill={shape === "ring" ? "var(--surface)" : colour}
      stroke={shape === "ring" ? colour : "var(--surface)"}
      strokeWidth={shape === "ring" ? 1.6 : 1}
    />
  );
}

export function EndShape({
  series,
  x,
  y,
}: {
  readonly series: Series;
  readonly x: number;
  readonly y: number;
}) {
  return (
    <svg
      className={styles.shape}
      viewBox="-5 -5 10 10"
      style={{ transform: `translate(${x}px, ${y}px)`, overflow: "visible" }}
      aria-hidden="true"
    >
      <Form series={series} />
    </svg>
  );
}

export function LegendShape({ series }: { readonly series: Series }) {
  return (
    <svg className={styles.glyph} viewBox="-8 -4.5 16 9" aria-hidden="true">
      <path
        d="M-8 0H8"
        stroke={series.colour}
        strokeWidth="2"
        {...(series.dashed ? { strokeDasharray: "4 3" } : {})}
      />
      <Form series={series} />
    </svg>
  );
}
