// Which results may be written home at once: those that nobody reads elsewhere afterwards.
import { describe, expect, it } from "vitest";
import type { Known, Places, Work } from "../../kernels/wasmWork";
import { writtenInPlace } from "./inPlace";

const bytes = 16;
const way = (from: number, to: number) => ({ from, to, bytes });

type Addresses = Pick<Places, "inputs" | "outputs" | "parted">;

/** Pieces of work by what they touch; null for one that does not go entry by entry. */
function recorded(pieces: readonly (Addresses | null)[]) {
  const works: Work[] = pieces.map(() => () => undefined);
  const known = new Map<Work, Known>();
  pieces.forEach((held, index) => {
    const places = held && Object.assign(held, { vectors: held.inputs.length, bytes });
    known.set(works[index] as Work, places ? { places } : {});
  });
  return { works, known };
}

describe("the end of a recorded step", () => {
  it("is written home where it goes entry by entry, also over what it reads", () => {
    const update = { inputs: [100, 500], outputs: [200, 300] };
    const found = writtenInPlace(recorded([null, update]), [way(200, 100), way(300, 400)]);
    expect(found).toEqual({ way: [], firstWrite: 1 });
    expect(update.outputs).toEqual([100, 400]);
  });

  it("hands later work the new place", () => {
    const update = { inputs: [100], outputs: [200] };
    const average = { inputs: [600, 200], outputs: [700] };
    const found = writtenInPlace(recorded([update, average]), [way(200, 100), way(700, 600)]);
    expect(found).toEqual({ way: [], firstWrite: 0 });
    expect(average).toMatchObject({ inputs: [600, 100], outputs: [600] });
  });

  it.each([
    [
      "the old values are read later",
      [
        { inputs: [100], outputs: [200] },
        { inputs: [100], outputs: [900] },
      ],
    ],
    [
      "a part of the old values is read later",
      [
        { inputs: [100], outputs: [200] },
        { inputs: [108], outputs: [900] },
      ],
    ],
    [
      "a part of the new values is read later",
      [
        { inputs: [100], outputs: [200] },
        { inputs: [204], outputs: [900] },
      ],
    ],
    ["other work comes after it", [{ inputs: [100], outputs: [200] }, null]],
  ] as const)("is copied where %s", (_why, pieces) => {
    const ways = [way(200, 100)];
    const copies = pieces.map(
      (held) => held && { inputs: [...held.inputs], outputs: [...held.outputs] },
    );
    const found = writtenInPlace(recorded(copies), ways);
    expect(found).toEqual({ way: ways, firstWrite: pieces.length });
    expect(copies).toMatchObject(pieces);
  });

  it.each([
    ["the old values are read in parts by the piece itself", 104],
    ["what is made is read in parts", 196],
  ])("is copied where %s", (_why, at) => {
    const ways = [way(200, 100)];
    const parted = { input: 0, parts: [{ at, bytes: 8 }] };
    const update = { inputs: [500], outputs: [200], parted };
    expect(writtenInPlace(recorded([update]), ways).way).toEqual(ways);
    const elsewhere = { ...update, parted: { input: 0, parts: [{ at: 900, bytes }] } };
    expect(writtenInPlace(recorded([elsewhere]), ways).way).toEqual([]);
  });

  it("copies one value that goes to two homes", () => {
    const ways = [way(200, 100), way(200, 400)];
    const update = { inputs: [100], outputs: [200] };
    expect(writtenInPlace(recorded([update]), ways).way).toEqual(ways);
  });
});
