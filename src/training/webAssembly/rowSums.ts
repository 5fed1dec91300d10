// Prints the sums over the rows of a matrix, and what follows from them: gradients of biases, statistics of a batch.
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

/** Parameters: addresses of the matrix and of the sums, the address behind the matrix, bytes of a row, a factor's address. */
const [matrix, sums, end, rowBytes, factor] = [0, 1, 2, 3, 4] as const;
/** The place in the row in bytes, the place in the matrix, and the end of the block. */
const [place, position, blockEnd] = [5, 6, 7] as const;
const firstVector = 8;
const blockVector = (index: number): Local => firstVector + index;
const totalVector = (index: number): Local => firstVector + widest + index;
const blockFloat = firstVector + 2 * widest;
const totalFloat = blockFloat + 1;

const addVectors = simd(0xe4);
const multiplyVectors = simd(0xe6);
const [addFloats, multiplyFloats]: readonly Code[] = [[0x92], [0x94]];

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

function vectorStrip(count: number): Strip {
  const each = (body: (index: number) => Code) => repeat(count, body);
  return {
    bytes: laneBytes * count,
    clearTotal: each((i) => set(totalVector(i), zeroVector)),
    clearBlock: each((i) => set(blockVector(i), zeroVector)),
    add: each((i) =>
      set(
        blockVector(i),
        get(blockVector(i)),
        loadVector(get(position), laneBytes * i),
        addVectors,
      ),
    ),
    addBlock: each((i) =>
      set(totalVector(i), get(totalVector(i)), get(blockVector(i)), addVectors),
    ),
    store: each((i) =>
      storeVector(
        sumsAt,
        [...get(totalVector(i)), ...loadSplat(get(factor)), ...multiplyVectors],
        laneBytes * i,
      ),
    ),
  };
}

const floatStrip: Strip = {
  bytes: floatBytes,
  clearTotal: set(totalFloat, zeroFloat),
  clearBlock: set(blockFloat, zeroFloat),
  add: set(blockFloat, get(blockFloat), loadFloat(get(position)), addFloats as Code),
  addBlock: set(totalFloat, get(totalFloat), get(blockFloat), addFloats as Code),
  store: storeFloat(sumsAt, [
    ...get(totalFloat),
    ...loadFloat(get(factor)),
    ...(multiplyFloats as Code),
  ]),
};

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

/** sums[j] = factor · Σ_i matrix[i, j]. NaN and ∞ stay what they are. */
export const rowSums: WasmFunction = {
  name: "sumRows",
  parameters: 5,
  locals: [...integers(3), ...vectors(2 * widest), ...[valueType.f32, valueType.f32]],
  body: [
    ...set(place, integer(0)),
    ...[vectorStrip(widest), vectorStrip(1), floatStrip].flatMap(sumStrips),
  ],
};
