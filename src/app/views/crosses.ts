// The sign for what is dropped, on every canvas the same: dimmed, and crossed out from corner to corner.

/** Two strokes from corner to corner of a square. */
export function cross(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  side: number,
): void {
  context.beginPath();
  context.moveTo(left + 1, top + 1);
  context.lineTo(left + side - 1, top + side - 1);
  context.moveTo(left + side - 1, top + 1);
  context.lineTo(left + 1, top + side - 1);
  context.stroke();
}
