// Prints the matrix product of the WASM backend: four rows by eight columns in registers, any strides, with the machine's multiply-add where it has one.
import {
  addIntegers,
  advance,
  type Code,
  get,
  integer,
  isAtLeast,
  type Local,
  loadFloat,
  loadSplat,
  loadVector,
  loopUntil,
  multiplyAdd,
  multiplyIntegers,
  set,
  simd,
  smallerOf,
  storeFloat,
  storeVector,
  subtractIntegers,
  valueType,
  type WasmFunction,
  whenElse,
  zeroVector,
} from "./code";

/** Columns of a tile: two vectors. */
const width = 8;
/** Rows of a tile. With eight sums in flight, two multiply-adds a cycle of four cycles' latency are kept busy. */
const height = 4;
const laneBytes = 16;
const floatBytes = 4;
/** Steps along the inner side that are written out one after the other where rows are contiguous. */
const unrolled = 4;

/** Parameters of the function, all in bytes or counts. */
export const productParameters = [
  "a",
  /** Bytes from an entry of the left matrix to the one below it, and to the one at its right. */
  "aDown",
  "aRight",
  "b",
  "bDown",
  "bRight",
  /** The result, rows one behind the other. */
  "c",
  "rows",
  "inner",
  "columns",
  /** Room for `panelBytes` to lay out eight columns of the right matrix one behind the other. */
  "panel",
] as const;

type Name = (typeof productParameters)[number];
const parameter = Object.fromEntries(
  productParameters.map((name, index) => [name, index]),
) as Record<Name, Local>;
const p = (name: Name): Code => get(parameter[name]);

/** Room that a product needs, in bytes: the panel, and one tile for the edges. */
export function panelBytes(inner: number): number {
  return floatBytes * width * (inner + height);
}

const variables = [
  "column",
  "row",
  "k",
  "count",
  "rowCount",
  "left",
  "panelAt",
  "to",
  "from",
  "lane",
  "edge",
] as const;
const first = productParameters.length;
const variable = Object.fromEntries(
  variables.map((name, index) => [name, first + index]),
) as Record<(typeof variables)[number], Local>;
const v = (name: (typeof variables)[number]): Code => get(variable[name]);
const firstPointer = first + variables.length;
const pointer = (row: number): Local => firstPointer + row;
const firstVector = firstPointer + height;
const sum = (row: number, half: number): Local => firstVector + 2 * row + half;
const right = (half: number): Local => firstVector + 2 * height + half;
const left: Local = firstVector + 2 * height + 2;

const multiplied = simd(0xe6);
const added = simd(0xe4);

/** sum += left · right */
function accumulate(target: Local, half: number, isRelaxed: boolean): Code {
  return isRelaxed
    ? set(target, get(left), get(right(half)), get(target), multiplyAdd)
    : set(target, get(target), get(left), get(right(half)), multiplied, added);
}

/** One step along the inner side for all rows of the tile. */
function stepInward(
  entry: (row: number) => Code,
  panelOffset: number,
  rows: number,
  isRelaxed: boolean,
): Code {
  return [
    ...set(right(0), loadVector(v("panelAt"), panelOffset)),
    ...set(right(1), loadVector(v("panelAt"), panelOffset + laneBytes)),
    ...Array.from({ length: rows }, (_, row) => [
      ...set(left, entry(row)),
      ...accumulate(sum(row, 0), 0, isRelaxed),
      ...accumulate(sum(row, 1), 1, isRelaxed),
    ]).flat(),
  ];
}

const panelRow = floatBytes * width;

/** The sums of a tile. Rows of the left matrix may lie anywhere, their entries `aRight` apart. */
function sumTile(rows: number, isRelaxed: boolean): Code {
  const each = (body: (row: number) => Code) =>
    Array.from({ length: rows }, (_, row) => body(row)).flat();
  const move = (by: Code) => each((row) => advance(pointer(row), by));
  const whole = subtractIntegers(p("inner"), integer(unrolled - 1));
  const steps = Array.from({ length: unrolled }, (_, index) =>
    stepInward(
      (row) => loadSplat(get(pointer(row)), floatBytes * index),
      panelRow * index,
      rows,
      isRelaxed,
    ),
  ).flat();
  // The bound is unsigned: below `unrolled` it would be huge.
  const contiguous = whenElse(
    isAtLeast(p("inner"), integer(unrolled)),
    loopUntil(
      isAtLeast(v("k"), whole),
      steps,
      move(integer(floatBytes * unrolled)),
      advance(variable.panelAt, integer(panelRow * unrolled)),
      advance(variable.k, integer(unrolled)),
    ),
    [],
  );
  const isContiguous = [...p("aRight"), ...integer(floatBytes), 0x46];
  return [
    ...each((row) => [...set(sum(row, 0), zeroVector), ...set(sum(row, 1), zeroVector)]),
    ...set(pointer(0), v("left")),
    ...each((row) =>
      row === 0 ? [] : set(pointer(row), addIntegers(get(pointer(row - 1)), p("aDown"))),
    ),
    ...set(variable.k, integer(0)),
    ...set(variable.panelAt, p("panel")),
    ...whenElse(isContiguous, contiguous, []),
    ...loopUntil(
      isAtLeast(v("k"), p("inner")),
      stepInward((row) => loadSplat(get(pointer(row))), 0, rows, isRelaxed),
      move(p("aRight")),
      advance(variable.panelAt, integer(panelRow)),
      advance(variable.k, integer(1)),
    ),
  ];
}

/** Stores a tile; where fewer than eight columns are left it goes by way of the edge tile. */
function storeTile(rows: number): Code {
  const resultDown = multiplyIntegers(p("columns"), integer(floatBytes));
  const whole = Array.from({ length: rows }, (_, row) => [
    ...storeVector(v("to"), get(sum(row, 0))),
    ...storeVector(v("to"), get(sum(row, 1)), laneBytes),
    ...advance(variable.to, resultDown),
  ]).flat();
  const partial = Array.from({ length: rows }, (_, row) => [
    ...storeVector(v("edge"), get(sum(row, 0))),
    ...storeVector(v("edge"), get(sum(row, 1)), laneBytes),
    ...copyLanes(v("edge"), v("to"), integer(floatBytes)),
    ...advance(variable.to, resultDown),
  ]).flat();
  return whenElse(isAtLeast(v("count"), integer(width)), whole, partial);
}

/** Copies `count` floats from entries `apart` bytes from each other to places one behind the other. */
function copyLanes(from: Code, to: Code, apart: Code): Code {
  const place = multiplyIntegers(v("lane"), integer(floatBytes));
  return [
    ...set(variable.lane, integer(0)),
    ...loopUntil(
      isAtLeast(v("lane"), v("count")),
      storeFloat(
        addIntegers(to, place),
        loadFloat(addIntegers(from, multiplyIntegers(v("lane"), apart))),
      ),
      advance(variable.lane, integer(1)),
    ),
  ];
}

/** Lays out the columns of the tile one row behind the other. Lanes beyond the last column keep what was there: nobody stores their sums. */
function packPanel(): Code {
  const isContiguous = [...p("bRight"), ...integer(floatBytes), 0x46];
  const isWhole = isAtLeast(v("count"), integer(width));
  const nextRow: Code = [
    ...advance(variable.from, p("bDown")),
    ...advance(variable.panelAt, integer(panelRow)),
    ...advance(variable.k, integer(1)),
  ];
  const over = isAtLeast(v("k"), p("inner"));
  const byVectors = loopUntil(
    over,
    storeVector(v("panelAt"), loadVector(v("from"))),
    storeVector(v("panelAt"), loadVector(v("from"), laneBytes), laneBytes),
    nextRow,
  );
  const byFloats = loopUntil(over, copyLanes(v("from"), v("panelAt"), p("bRight")), nextRow);
  return [
    ...set(variable.k, integer(0)),
    ...set(variable.panelAt, p("panel")),
    ...set(variable.from, addIntegers(p("b"), multiplyIntegers(v("column"), p("bRight")))),
    ...whenElse([...isContiguous, ...isWhole, 0x71], byVectors, byFloats),
  ];
}

/** Rows of the tile that starts at `row`, `rows` at a time, as long as so many are left. */
function rowsOf(rows: number, isRelaxed: boolean): Code {
  return loopUntil(
    isAtLeast(addIntegers(v("row"), integer(rows - 1)), p("rows")),
    set(variable.left, addIntegers(p("a"), multiplyIntegers(v("row"), p("aDown")))),
    sumTile(rows, isRelaxed),
    set(
      variable.to,
      addIntegers(
        p("c"),
        multiplyIntegers(
          addIntegers(multiplyIntegers(v("row"), p("columns")), v("column")),
          integer(floatBytes),
        ),
      ),
    ),
    storeTile(rows),
    advance(variable.row, integer(rows)),
  );
}

/**
 * c = a · b for float32 matrices [rows, inner] · [inner, columns], `inner` ≥ 1.
 * @param isRelaxed uses the machine's fused multiply-add.
 */
export function matrixProduct(isRelaxed: boolean): WasmFunction {
  return {
    name: "multiply",
    parameters: productParameters.length,
    locals: [
      ...variables.map(() => valueType.i32),
      ...Array.from({ length: height }, () => valueType.i32),
      ...Array.from({ length: 2 * height + 3 }, () => valueType.v128),
    ],
    body: [
      ...set(
        variable.edge,
        addIntegers(p("panel"), multiplyIntegers(p("inner"), integer(panelRow))),
      ),
      ...set(variable.column, integer(0)),
      ...loopUntil(
        isAtLeast(v("column"), p("columns")),
        set(variable.count, subtractIntegers(p("columns"), v("column"))),
        set(variable.count, smallerOf(v("count"), integer(width))),
        packPanel(),
        set(variable.row, integer(0)),
        rowsOf(height, isRelaxed),
        rowsOf(1, isRelaxed),
        advance(variable.column, integer(width)),
      ),
    ],
  };
}
