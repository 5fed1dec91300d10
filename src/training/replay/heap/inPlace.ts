// The end of a recorded step, where the new state is made entry by entry: it is written home at once instead of being copied there.
import type { Places } from "../../kernels/wasmWork";
import type { HeapRecording } from "./recorder";
import type { Return } from "./stateHome";

/** Whether what is made at `from` may be made at `to`, and read there by all later work. */
function mayMove(
  { from, to, bytes }: Return,
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
  return !(isNeeded || isRewritten || isCut || isShared);
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
      if (output < 0 || !mayMove(way, later, ways)) continue;
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
