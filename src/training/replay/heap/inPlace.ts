// The end of a recorded step, where the new state is made entry by entry: it is written home at once instead of being copied there.
import type { Places } from "../../kernels/wasmWork";
import type { HeapRecording } from "./recorder";
import type { Return } from "./stateHome";

/** Whether a piece of work reads parts of a vector out of a range. */
const readsPartsIn = ({ parted }: Places, start: number, bytes: number) =>
  parted?.parts.some((part) => part.at < start + bytes && start < part.at + part.bytes) ?? false;

/** Whether what a piece of work makes at `from` may be made at `to`, and read there by all later work. */
function mayMove(
  { from, to, bytes }: Return,
  held: Places,
  later: readonly Places[],
  ways: readonly Return[],
): boolean {
  const inside = (start: number) => (address: number) =>
    address >= start && address < start + bytes;
  // What was there before is still to be read, or is written by somebody else.
  const isNeeded = later.some(
    ({ inputs, outputs }) => inputs.some(inside(to)) || outputs.some(inside(to)),
  );
  const isRewritten = later.some(({ outputs }) => outputs.some(inside(from)));
  const isCut = later.some(({ inputs }) =>
    inputs.some((address) => address !== from && inside(from)(address)),
  );
  // One value that goes to two homes is copied to both.
  const isShared = ways.filter((way) => way.from === from).length > 1;
  // Parts are read a piece at a time: neither may they be overwritten meanwhile nor made elsewhere.
  const isParted = [held, ...later].some(
    (places) => readsPartsIn(places, to, bytes) || readsPartsIn(places, from, bytes),
  );
  return !(isNeeded || isRewritten || isCut || isShared || isParted);
}

/**
 * Lets the last pieces of work, as far as they go entry by entry, write their results home. An entry of the old state is
 * read before the one of the new state takes its place.
 * @returns what is still to be copied, and the number of the first piece that writes home (all of them where none does)
 */
export function writtenInPlace(
  { works, known }: Pick<HeapRecording, "works" | "known">,
  ways: readonly Return[],
): { way: readonly Return[]; firstWrite: number } {
  let [left, firstWrite] = [ways, works.length];
  const later: Places[] = [];
  for (let index = works.length - 1; index >= 0; index--) {
    const held = known.get(works[index] as (typeof works)[number])?.places;
    if (!held) break;
    for (const way of left) {
      const output = held.outputs.indexOf(way.from);
      if (output < 0 || !mayMove(way, held, later, ways)) continue;
      held.outputs[output] = way.to;
      for (const { inputs } of later) {
        inputs.forEach((address, i) => {
          if (address === way.from) inputs[i] = way.to;
        });
      }
      left = left.filter((other) => other !== way);
      firstWrite = index;
    }
    later.push(held);
  }
  return { way: left, firstWrite };
}
