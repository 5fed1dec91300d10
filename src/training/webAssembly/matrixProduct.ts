// Prints the matrix product of the WASM backend: four rows by eight columns in registers, any strides, with the machine's multiply-add where it has one.
// Rows that overlap make it a convolution: the window of the next picture point begins a few channels further on.
import {
  addIntegers,
  advance,
  type Code,
  get,
  integer,
  isAtLeast,
  type Local,
  loadSplat,
  loadVector,
  loopUntil,
  multiplyAdd,
  multiplyIntegers,
  set,
  simd,
  storeVector,
  subtractIntegers,
  type WasmFunction,
  whenElse,
  zeroVector,
} from "./code";
import {
  copyLanes,
  floatBytes,
  integers,
  isEqual,
  laneBytes,
  Names,
  repeat,
  vectors,
} from "./names";
import { panelRow, panelWidth } from "./packing";

/** Rows of a tile. With eight sums in flight, two multiply-adds a cycle of four cycles' latency are kept busy. */
const height = 4;
/** Steps along the inner side that are written out one after the other where entries are contiguous. */
const unrolled = 4;

const addVectors = simd(0xe4);
const multiplyVectors = simd(0xe6);

/** Room for one tile at the edges, in bytes. */
export const edgeBytes = panelRow;

/** Parameters of "multiply": all in bytes or counts. */
export const productParameters = [
  "a",
  /** Bytes from an entry of the left matrix to the one below it, and to the one at its right. */
  "aDown",
  "aRight",
  /** The inner side may lie in several segments: how many, how long each, and bytes from one to the next. */
  "segments",
  "segmentLength",
  "segmentStride",
  /** The rows may lie in several groups: how many, how many rows each has, and bytes from one to the next. */
  "groups",
  "rows",
  "groupStride",
  /** The right matrix as "pack" lays it out. */
  "packed",
  /** The result [groups · rows, columns], and bytes from a row to the one below it. */
  "c",
  "cDown",
  "columns",
  /** 1 adds to what the result holds; 0 replaces it. */
  "adds",
  /** Room of `edgeBytes`. */
  "edge",
] as const;

const p = new Names(productParameters);
const v = new Names(
  [
    "column",
    "count",
    "panel",
    "panelBytes",
    "group",
    "row",
    "segment",
    "k",
    "rowStart",
    "panelAt",
    "to",
    "back",
    "lane",
  ] as const,
  p.end,
);
const pointer = (row: number): Local => v.end + row;
const firstVector = v.end + height;
const sum = (row: number, half: number): Local => firstVector + 2 * row + half;
const right = (half: number): Local => firstVector + 2 * height + half;
const left: Local = firstVector + 2 * height + 2;

/** One step along the inner side for all rows of the tile: sum += left · right. */
function stepInward(offset: number, panelOffset: number, rows: number, isRelaxed: boolean): Code {
  const accumulate = (target: Local, half: number): Code =>
    isRelaxed
      ? set(target, get(left), get(right(half)), get(target), multiplyAdd)
      : set(target, get(target), get(left), get(right(half)), multiplyVectors, addVectors);
  return [
    ...set(right(0), loadVector(v.get("panelAt"), panelOffset)),
    ...set(right(1), loadVector(v.get("panelAt"), panelOffset + laneBytes)),
    ...repeat(rows, (row) => [
      ...set(left, loadSplat(get(pointer(row)), offset)),
      ...accumulate(sum(row, 0), 0),
      ...accumulate(sum(row, 1), 1),
    ]),
  ];
}

/** Along one segment. */
function sumSegment(rows: number, isRelaxed: boolean): Code {
  const move = (by: Code) => repeat(rows, (row) => advance(pointer(row), by));
  const length = p.get("segmentLength");
  const fourSteps = loopUntil(
    isAtLeast(addIntegers(v.get("k"), integer(unrolled - 1)), length),
    repeat(unrolled, (index) => stepInward(floatBytes * index, panelRow * index, rows, isRelaxed)),
    move(integer(floatBytes * unrolled)),
    v.advance("panelAt", integer(panelRow * unrolled)),
    v.advance("k", integer(unrolled)),
  );
  return [
    ...v.set("k", integer(0)),
    ...whenElse(isEqual(p.get("aRight"), integer(floatBytes)), fourSteps, []),
    ...loopUntil(
      isAtLeast(v.get("k"), length),
      stepInward(0, 0, rows, isRelaxed),
      move(p.get("aRight")),
      v.advance("panelAt", integer(panelRow)),
      v.advance("k", integer(1)),
    ),
  ];
}

/** The sums of a tile whose first row starts at `rowStart`. */
function sumTile(rows: number, isRelaxed: boolean): Code {
  return [
    ...repeat(rows, (row) => [...set(sum(row, 0), zeroVector), ...set(sum(row, 1), zeroVector)]),
    ...set(pointer(0), v.get("rowStart")),
    ...repeat(rows - 1, (row) =>
      set(pointer(row + 1), addIntegers(get(pointer(row)), p.get("aDown"))),
    ),
    ...v.set("segment", integer(0)),
    ...v.set("panelAt", v.get("panel")),
    ...loopUntil(
      isAtLeast(v.get("segment"), p.get("segments")),
      sumSegment(rows, isRelaxed),
      repeat(rows, (row) => advance(pointer(row), v.get("back"))),
      v.advance("segment", integer(1)),
    ),
  ];
}

/** Stores a tile; where fewer than eight columns are left it goes by way of the edge tile. */
function storeTile(rows: number): Code {
  const [to, edge, count] = [v.get("to"), p.get("edge"), v.get("count")];
  const halves = (target: Code, value: (half: number) => Code): Code =>
    repeat(2, (half) => storeVector(target, value(half), laneBytes * half));
  const plain = (row: number) => (half: number) => get(sum(row, half));
  const added = (row: number, from: Code) => (half: number) => [
    ...get(sum(row, half)),
    ...loadVector(from, laneBytes * half),
    ...addVectors,
  ];
  const lanes = (from: Code, target: Code) =>
    copyLanes(v.local("lane"), count, from, target, integer(floatBytes));
  const whole = repeat(rows, (row) => [
    ...whenElse(p.get("adds"), halves(to, added(row, to)), halves(to, plain(row))),
    ...v.advance("to", p.get("cDown")),
  ]);
  const partial = repeat(rows, (row) => [
    ...whenElse(
      p.get("adds"),
      [...lanes(to, edge), ...halves(edge, added(row, edge))],
      halves(edge, plain(row)),
    ),
    ...lanes(edge, to),
    ...v.advance("to", p.get("cDown")),
  ]);
  return whenElse(isAtLeast(count, integer(panelWidth)), whole, partial);
}

/** Rows of a group from `row` on, `rows` at a time, as long as so many are left. */
function rowsOf(rows: number, isRelaxed: boolean): Code {
  const rowNumber = addIntegers(multiplyIntegers(v.get("group"), p.get("rows")), v.get("row"));
  const place = addIntegers(
    multiplyIntegers(rowNumber, p.get("cDown")),
    multiplyIntegers(v.get("column"), integer(floatBytes)),
  );
  const start = addIntegers(
    multiplyIntegers(v.get("group"), p.get("groupStride")),
    multiplyIntegers(v.get("row"), p.get("aDown")),
  );
  return loopUntil(
    isAtLeast(addIntegers(v.get("row"), integer(rows - 1)), p.get("rows")),
    v.set("rowStart", addIntegers(p.get("a"), start)),
    sumTile(rows, isRelaxed),
    v.set("to", addIntegers(p.get("c"), place)),
    storeTile(rows),
    v.advance("row", integer(rows)),
  );
}

/**
 * c = a · b, or c += a · b, for float32 matrices [groups · rows, inner] · [inner, columns] with
 * inner = segments · segmentLength ≥ 1.
 * @param isRelaxed uses the machine's fused multiply-add.
 */
export function matrixProduct(isRelaxed: boolean): WasmFunction {
  const inner = multiplyIntegers(p.get("segments"), p.get("segmentLength"));
  const walked = multiplyIntegers(p.get("segmentLength"), p.get("aRight"));
  return {
    name: "multiply",
    parameters: productParameters.length,
    locals: [...integers(v.end - p.end + height), ...vectors(2 * height + 3)],
    body: [
      ...v.set("panelBytes", multiplyIntegers(inner, integer(panelRow))),
      // From the end of a segment to the start of the next.
      ...v.set("back", subtractIntegers(p.get("segmentStride"), walked)),
      ...v.set("panel", p.get("packed")),
      ...v.set("column", integer(0)),
      ...loopUntil(
        isAtLeast(v.get("column"), p.get("columns")),
        v.set("count", subtractIntegers(p.get("columns"), v.get("column"))),
        v.set("group", integer(0)),
        loopUntil(
          isAtLeast(v.get("group"), p.get("groups")),
          v.set("row", integer(0)),
          rowsOf(height, isRelaxed),
          rowsOf(1, isRelaxed),
          v.advance("group", integer(1)),
        ),
        v.advance("panel", v.get("panelBytes")),
        v.advance("column", integer(panelWidth)),
      ),
    ],
  };
}
