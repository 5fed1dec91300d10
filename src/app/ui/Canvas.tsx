// A canvas that fills its box at the screen's resolution and draws in an animation frame, only when its input changed.
import { useEffect, useRef } from "react";
import { type Size, useSize } from "./hooks";
import styles from "./ui.module.css";

export type Draw = (context: CanvasRenderingContext2D, size: Size) => void;

interface Props {
  /** Redraws when this function changes: wrap it in useCallback. */
  readonly draw: Draw;
  /** Must position the box, since the canvas lies within it absolutely. */
  readonly className?: string | undefined;
  /** What the picture shows, for those who cannot see it; without it the canvas is decoration. */
  readonly label?: string | undefined;
  readonly testId?: string;
}

export function Canvas({ draw, className, label, testId }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);

  useEffect(() => {
    const element = canvas.current;
    if (!element || size.width === 0 || size.height === 0) return;
    const request = requestAnimationFrame(() => {
      const ratio = window.devicePixelRatio || 1;
      const width = Math.round(size.width * ratio);
      const height = Math.round(size.height * ratio);
      if (element.width !== width) element.width = width;
      if (element.height !== height) element.height = height;
      const context = element.getContext("2d");
      if (!context) return;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, size.width, size.height);
      draw(context, size);
    });
    return () => cancelAnimationFrame(request);
  }, [draw, size]);

  const naming = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    <div ref={box} className={className ?? styles.canvasBox} data-testid={testId}>
      <canvas ref={canvas} {...naming} className={styles.canvas} />
    </div>
  );
}
