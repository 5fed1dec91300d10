// Reads pixels from a canvas, and finds out whether this browser gives them back as they were drawn.

/**
 * What comes back from a canvas: "exact"; "noisy", where protection against fingerprinting changes a few values a
 * little; "useless", where it gives white or noise in place of the pixels.
 */
export type CanvasReading = "exact" | "noisy" | "useless";

const side = 16;
/** A mean difference above this (0 … 255) leaves nothing of an image. */
const useless = 16;

function contextOf(width: number, height: number): CanvasRenderingContext2D | null {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  return canvas.getContext("2d", { willReadFrequently: true });
}

/** Draws squares of known colours and reads them again. */
export function tryReading(): CanvasReading {
  const context = contextOf(side, side);
  if (!context) return "useless";
  const drawn: number[] = [];
  for (let place = 0; place < side * side; place++) {
    const colour = [(place * 37) % 256, (place * 101 + 50) % 256, (place * 197 + 90) % 256];
    context.fillStyle = `rgb(${colour})`;
    context.fillRect(place % side, Math.floor(place / side), 1, 1);
    drawn.push(...colour, 255);
  }
  const { data } = context.getImageData(0, 0, side, side);
  let total = 0;
  for (let at = 0; at < drawn.length; at++)
    total += Math.abs((data[at] as number) - (drawn[at] as number));
  if (total === 0) return "exact";
  return total / drawn.length > useless ? "useless" : "noisy";
}

/** Part of a source in its own pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

let shared: CanvasRenderingContext2D | null = null;

/**
 * Draws an area of a source at another size and reads it.
 * @returns row-major [height, width, 4], opacity not multiplied in; null where the browser gives no canvas
 * @throws DOMException where the source may not be read
 */
export function readArea(
  source: CanvasImageSource,
  { left, top, width, height }: Area,
  to: { readonly width: number; readonly height: number },
): Uint8ClampedArray | null {
  shared ??= contextOf(to.width, to.height);
  if (!shared) return null;
  // A new size clears it too.
  [shared.canvas.width, shared.canvas.height] = [to.width, to.height];
  shared.imageSmoothingQuality = "high";
  shared.drawImage(source, left, top, width, height, 0, 0, to.width, to.height);
  return shared.getImageData(0, 0, to.width, to.height).data;
}
