// How a kernel is named in tables and under pictures: by its shape.
import type { LayerStatistics } from "../../worker/protocol";

/** "784×256" or "3×3×16×32" */
export function shapeText({ shape }: LayerStatistics): string {
  return shape.join("×");
}
