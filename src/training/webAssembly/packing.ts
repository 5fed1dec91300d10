// Prints what lays the right side of a matrix product out so that the product reads it from front to back.
import {
  addIntegers,
  type Code,
  integer,
  isAtLeast,
  loadVector,
  loopUntil,
  multiplyIntegers,
  smallerOf,
  storeVector,
  subtractIntegers,
  type WasmFunction,
  whenElse,
} from "./code";
import { copyLanes, floatBytes, integers, isEqual, laneBytes, Names } from "./names";

/** Columns of a panel: two vectors. */
export const panelWidth = 8;
/** Bytes of a panel's row. */
export const panelRow = floatBytes * panelWidth;

/** Room for the packed right matrix, in bytes. */
export function packedBytes(inner: number, columns: number): number {
  return panelRow * inner * Math.ceil(columns / panelWidth);
}

/** Parameters of "pack": all in bytes or counts. */
export const packParameters = [
  "b",
  /** Bytes from an entry of the right matrix to the one below it, and to the one at its right. */
  "bDown",
  "bRight",
  "inner",
  "columns",
  /** Room of `packedBytes`. */
  "packed",
] as const;

/**
 * Lays the right matrix [inner, columns] out in panels of eight columns, each row of a panel behind the one above. Lanes
 * beyond the last column keep what was there: nobody stores their sums.
 */
export const packing: WasmFunction = (() => {
  const p = new Names(packParameters);
  const v = new Names(["column", "count", "k", "from", "to", "lane"] as const, p.end);
  const isOver = isAtLeast(v.get("k"), p.get("inner"));
  const next: Code = [
    ...v.advance("from", p.get("bDown")),
    ...v.advance("to", integer(panelRow)),
    ...v.advance("k", integer(1)),
  ];
  const byVectors = loopUntil(
    isOver,
    storeVector(v.get("to"), loadVector(v.get("from"))),
    storeVector(v.get("to"), loadVector(v.get("from"), laneBytes), laneBytes),
    next,
  );
  const byFloats = loopUntil(
    isOver,
    copyLanes(v.local("lane"), v.get("count"), v.get("from"), v.get("to"), p.get("bRight")),
    next,
  );
  const isWhole = isAtLeast(v.get("count"), integer(panelWidth));
  return {
    name: "pack",
    parameters: packParameters.length,
    locals: integers(v.end - p.end),
    body: [
      ...v.set("column", integer(0)),
      ...v.set("to", p.get("packed")),
      ...loopUntil(
        isAtLeast(v.get("column"), p.get("columns")),
        v.set("count", subtractIntegers(p.get("columns"), v.get("column"))),
        v.set("count", smallerOf(v.get("count"), integer(panelWidth))),
        v.set("k", integer(0)),
        v.set("from", addIntegers(p.get("b"), multiplyIntegers(v.get("column"), p.get("bRight")))),
        whenElse(
          [...isEqual(p.get("bRight"), integer(floatBytes)), ...isWhole, 0x71],
          byVectors,
          byFloats,
        ),
        v.advance("column", integer(panelWidth)),
      ),
    ],
  };
})();
