// One small picture inside the network, with its number; crossed out where it is off or dropped.
import { useEffect, useRef } from "react";
import styles from "./inside.module.css";

interface Props {
  /** Draws onto the canvas and sets its size; called again when it changes. */
  readonly paint: (canvas: HTMLCanvasElement) => void;
  readonly words: string;
  readonly caption: string;
  readonly crossed: boolean;
  readonly className?: string | undefined;
  readonly onPoint: (words: string | null) => void;
}

export function Tile({ paint, words, caption, crossed, className, onPoint }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paint(canvas.current);
  }, [paint]);
  return (
    <li
      className={`${styles.tile} ${className ?? ""}`}
      data-crossed={crossed}
      title={words}
      onPointerEnter={() => onPoint(words)}
      onPointerLeave={() => onPoint(null)}
    >
      <span className={styles.frame}>
        <canvas ref={canvas} />
      </span>
      <span className={styles.caption}>{caption}</span>
    </li>
  );
}
