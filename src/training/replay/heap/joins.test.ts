// Which joins may be left out: those whose result is only gone over entry by entry, while the parts still hold what they held.
import { describe, expect, it } from "vitest";
import type { Known, Places, Work } from "../../kernels/wasmWork";
import { withoutJoins } from "./joins";

const parts = [
  { at: 1000, bytes: 48 },
  { at: 2000, bytes: 16 },
];
const bytes = 64;
const joined = 3000;
const join: Known = { joining: { parts, to: joined } };

const over = (inputs: number[], outputs: number[], vectors = inputs.length): Places => ({
  inputs,
  vectors,
  outputs,
  bytes,
});

function leftOf(pieces: readonly Known[], kept: readonly number[] = []): readonly number[] {
  const works: Work[] = pieces.map(() => () => undefined);
  const known = new Map(pieces.map((piece, index) => [works[index] as Work, piece]));
  const left = withoutJoins(
    { works, known },
    kept.map((from) => ({ from, to: 9000, bytes })),
  );
  return left.map((work) => works.indexOf(work));
}

describe("a join", () => {
  it("is left out where all that follows goes entry by entry, and the parts are read", () => {
    const update = over([4000, joined, 5000], [6000]);
    const average = over([6000, 7000], [8000]);
    expect(leftOf([{}, join, { places: update }, { places: average }])).toEqual([0, 2, 3]);
    expect(update.parted).toEqual({ input: 1, parts });
    expect(average.parted).toBeUndefined();
  });

  it.each([
    ["it is read by other work", [{}], []],
    ["a number is read out of it", [{ places: over([4000, joined], [6000], 1) }], []],
    ["only a part of it is read", [{ places: over([joined + 16], [6000]) }], []],
    ["it is read as a shorter vector", [{ places: { ...over([joined], [6000]), bytes: 32 } }], []],
    ["it is read twice", [{ places: over([joined, joined], [6000]) }], []],
    ["a part is overwritten", [{ places: over([joined], [2000]) }], []],
    ["a part begins in what is written", [{ places: over([joined], [1960]) }], []],
    ["it is written anew", [{ places: over([4000], [joined]) }], []],
    ["it belongs to the new state", [{ places: over([joined], [6000]) }], [joined]],
  ] as const)("stays where %s", (_why, later, kept) => {
    expect(leftOf([join, ...later], kept)).toEqual([0, 1]);
    for (const { places } of later as readonly Known[]) expect(places?.parted).toBeUndefined();
  });
});
