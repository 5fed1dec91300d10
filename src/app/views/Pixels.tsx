// A grey or colour picture of bytes on a small canvas.
import { memo, useEffect, useRef } from "react";
import { opaquePixels } from "./pixels";
import styles from "./views.module.css";

/** Size and colours of a picture. */
export interface PictureForm {
  readonly width: number;
  readonly height: number;
  /** 1 (grey) or 3 (red, green, blue) */
  readonly channels: number;
}

interface Props {
  /** Two sets of bytes with the same id are the same picture. */
  readonly id: string;
  /** Row-major [height, width, channels]. */
  readonly pixels: Uint8Array;
  readonly form: PictureForm;
}

/** Drawn once per picture: frames bring the same pixels again and again. */
export const Pixels = memo(
  function Pixels({ pixels, form }: Props) {
    const { width, height, channels } = form;
    const canvas = useRef<HTMLCanvasElement>(null);
    useEffect(() => {
      const context = canvas.current?.getContext("2d");
      if (!context) return;
      const image = context.createImageData(width, height);
      image.data.set(opaquePixels(pixels, channels));
      context.putImageData(image, 0, 0);
    }, [pixels, width, height, channels]);
    return <canvas ref={canvas} className={styles.pixels} width={width} height={height} />;
  },
  (before, after) => before.id === after.id,
);
