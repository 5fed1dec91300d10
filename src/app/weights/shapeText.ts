// How a kernel is named in tables and under pictures: by its shape.
/** "784×256" or "3×3×16×32" */
export function shapeText({ shape }: { readonly shape: readonly number[] }): string {
  return shape.join("×");
}
