// Prints the gradient of max pooling by windows of 2×2 side by side: four channels at a time, no branch for any of them.
import {
  addIntegers,
  advance,
  type Code,
  get,
  integer,
  isAtLeast,
  loadVector,
  loopUntil,
  set,
  simd,
  storeVector,
  type WasmFunction,
} from "./code";
import { integers, laneBytes, Names, repeat, vectors } from "./names";

const isGreater = simd(0x44);
const and = simd(0x4e);
const andNot = simd(0x4f);
const select = simd(0x52);

const p = new Names([
  /** Addresses of the upper row of a pair of input rows, of its gradient, and of the row of the output's gradient. */
  "x",
  "dx",
  "dy",
  /** Where that row of the output's gradient ends. */
  "end",
  /** Bytes from an entry to the one below it, and to the one at its right: the channels, a multiple of 16. */
  "below",
  "pixel",
] as const);
/** Bytes from an entry of x to its gradient, and where the channels of the present window end. */
const v = new Names(["across", "windowEnd"] as const, p.end);
const entry = (index: number) => v.end + index;
/** Whether an entry is greater than all before it. */
const isLargest = (index: number) => v.end + 4 + index;
const largest = v.end + 8;
const rest = v.end + 9;

/** Address of one of the window's four entries: across, then down. */
function addressOf(index: number): Code {
  const right = index % 2 === 1 ? addIntegers(p.get("x"), p.get("pixel")) : p.get("x");
  return index >= 2 ? addIntegers(right, p.get("below")) : right;
}

/** Hands the gradient to the largest entry of the window; the first one where several are equal. */
const window: Code = [
  ...repeat(4, (i) => set(entry(i), loadVector(addressOf(i)))),
  ...set(largest, get(entry(0))),
  ...repeat(3, (index) => {
    const i = index + 1;
    return [
      ...set(isLargest(i), get(entry(i)), get(largest), isGreater),
      ...set(largest, get(entry(i)), get(largest), get(isLargest(i)), select),
    ];
  }),
  ...set(rest, loadVector(p.get("dy"))),
  ...repeat(3, (index) => {
    const i = 3 - index;
    const to = addIntegers(addressOf(i), v.get("across"));
    return [
      ...storeVector(to, [...get(rest), ...get(isLargest(i)), ...and]),
      ...set(rest, get(rest), get(isLargest(i)), andNot),
    ];
  }),
  ...storeVector(addIntegers(addressOf(0), v.get("across")), get(rest)),
];

/** One row of windows. Every entry under a window is written. An entry that is NaN counts only where it comes first. */
export const halvingGradient: WasmFunction = {
  name: "halve",
  parameters: v.first,
  locals: [...integers(2), ...vectors(10)],
  body: [
    ...v.set("across", [...p.get("dx"), ...p.get("x"), 0x6b]),
    ...loopUntil(
      isAtLeast(p.get("dy"), p.get("end")),
      v.set("windowEnd", addIntegers(p.get("dy"), p.get("pixel"))),
      loopUntil(
        isAtLeast(p.get("dy"), v.get("windowEnd")),
        window,
        p.advance("x", integer(laneBytes)),
        p.advance("dy", integer(laneBytes)),
      ),
      // Over the window's right half.
      advance(p.local("x"), p.get("pixel")),
    ),
  ],
};
