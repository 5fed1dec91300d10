// Prints sums over the rows of a matrix, column by column: gradients of biases, statistics of a batch, gradients of its normalization.
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
  multiplyIntegers,
  set,
  simd,
  smallerOf,
  storeFloat,
  storeVector,
  valueType,
  type WasmFunction,
  zeroFloat,
  zeroVector,
} from "./code";
import { floatBytes, integers, laneBytes, repeat, vectors } from "./names";

/** Vectors side by side that are summed on one way down: a line of the cache. */
const widest = 4;
/** Rows whose sum is taken by itself first: rounding errors then grow with the blocks, not with the rows. */
const blockRows = 128;

/** What is summed of the entries x of the matrix: x itself, (x − c)², or x·(y − c) with y of another matrix and a centre c for each column. */
export type SummedTerm = "entries" | "squares" | "products";

/**
 * Parameters: addresses of the matrix and of the sums, the address behind the matrix, bytes of a row, a factor's address, the
 * address of the centres, and bytes from an entry to that of the other matrix.
 */
const [matrix, sums, end, rowBytes, factor, centres, across] = [0, 1, 2, 3, 4, 5, 6] as const;
/** The place in the row in bytes, the place in the matrix, and the end of the block. */
const [place, position, blockEnd] = [7, 8, 9] as const;
const firstVector = 10;
const blockVector = (index: number): Local => firstVector + index;
const totalVector = (index: number): Local => firstVector + widest + index;
const blockFloat = firstVector + 2 * widest;
const totalFloat = blockFloat + 1;
const heldVector: Local = totalFloat + 1;
const heldFloat: Local = heldVector + 1;

interface Arithmetic {
  readonly load: (address: Code, offset?: number) => Code;
  readonly held: Local;
  readonly add: Code;
  readonly subtract: Code;
  readonly multiply: Code;
}

const ofVectors: Arithmetic = {
  load: loadVector,
  held: heldVector,
  add: simd(0xe4),
  subtract: simd(0xe5),
  multiply: simd(0xe6),
};
const ofFloats: Arithmetic = {
  load: loadFloat,
  held: heldFloat,
  add: [0x92],
  subtract: [0x93],
  multiply: [0x94],
};

/** How a strip of columns is summed. */
interface Strip {
  readonly bytes: number;
  readonly clearTotal: Code;
  readonly clearBlock: Code;
  /** Adds what is at the position to the block's sum. */
  readonly add: Code;
  /** Adds the block's sum to the total. */
  readonly addBlock: Code;
  readonly store: Code;
}

const sumsAt = addIntegers(get(sums), get(place));

/** The term at an offset from the position, on the stack. */
function termAt(term: SummedTerm, offset: number, arithmetic: Arithmetic): Code {
  const { load, held, subtract, multiply } = arithmetic;
  const entry = load(get(position), offset);
  if (term === "entries") return entry;
  const centre = load(addIntegers(get(centres), get(place)), offset);
  if (term === "squares") {
    return [...set(held, entry, centre, subtract), ...get(held), ...get(held), ...multiply];
  }
  const other = load(addIntegers(get(position), get(across)), offset);
  return [...entry, ...other, ...centre, ...subtract, ...multiply];
}

function vectorStrip(count: number, term: SummedTerm): Strip {
  const each = (body: (index: number) => Code) => repeat(count, body);
  return {
    bytes: laneBytes * count,
    clearTotal: each((i) => set(totalVector(i), zeroVector)),
    clearBlock: each((i) => set(blockVector(i), zeroVector)),
    add: each((i) =>
      set(
        blockVector(i),
        get(blockVector(i)),
        termAt(term, laneBytes * i, ofVectors),
        ofVectors.add,
      ),
    ),
    addBlock: each((i) =>
      set(totalVector(i), get(totalVector(i)), get(blockVector(i)), ofVectors.add),
    ),
    store: each((i) =>
      storeVector(
        sumsAt,
        [...get(totalVector(i)), ...loadSplat(get(factor)), ...ofVectors.multiply],
        laneBytes * i,
      ),
    ),
  };
}

const floatStrip = (term: SummedTerm): Strip => ({
  bytes: floatBytes,
  clearTotal: set(totalFloat, zeroFloat),
  clearBlock: set(blockFloat, zeroFloat),
  add: set(blockFloat, get(blockFloat), termAt(term, 0, ofFloats), ofFloats.add),
  addBlock: set(totalFloat, get(totalFloat), get(blockFloat), ofFloats.add),
  store: storeFloat(sumsAt, [...get(totalFloat), ...loadFloat(get(factor)), ...ofFloats.multiply]),
});

/** Goes down the rows with strips of one kind, as long as a whole one is left. */
function sumStrips(strip: Strip): Code {
  const blockBytes = multiplyIntegers(get(rowBytes), integer(blockRows));
  return loopUntil(
    isAtLeast(addIntegers(get(place), integer(strip.bytes - 1)), get(rowBytes)),
    strip.clearTotal,
    set(position, addIntegers(get(matrix), get(place))),
    loopUntil(
      isAtLeast(get(position), get(end)),
      strip.clearBlock,
      set(blockEnd, addIntegers(get(position), blockBytes)),
      set(blockEnd, smallerOf(get(blockEnd), get(end))),
      loopUntil(
        isAtLeast(get(position), get(blockEnd)),
        strip.add,
        advance(position, get(rowBytes)),
      ),
      strip.addBlock,
    ),
    strip.store,
    advance(place, integer(strip.bytes)),
  );
}

/** sums[j] = factor · Σ_i term(matrix[i, j]). NaN and ∞ stay what they are. */
export const rowSums = (term: SummedTerm): WasmFunction => ({
  name: `sum ${term}`,
  parameters: 7,
  locals: [
    ...integers(3),
    ...vectors(2 * widest),
    ...[valueType.f32, valueType.f32, valueType.v128, valueType.f32],
  ],
  body: [
    ...set(place, integer(0)),
    ...[vectorStrip(widest, term), vectorStrip(1, term), floatStrip(term)].flatMap(sumStrips),
  ],
});
