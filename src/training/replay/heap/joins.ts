// Parts that a recorded step copies behind each other only to go over them entry by entry: they are read where they are.
import type { Joining, Places, Range, Work } from "../../kernels/wasmWork";
import type { HeapRecording } from "./recorder";
import type { Return } from "./stateHome";

const isIn = ({ at, bytes }: Range, address: number) => address >= at && address < at + bytes;

const sizeOf = ({ parts }: Joining) => parts.reduce((sum, { bytes }) => sum + bytes, 0);

/** What comes after a piece of work, where all of it goes entry by entry; else null. */
function placesAfter(
  { works, known }: Pick<HeapRecording, "works" | "known">,
  index: number,
): readonly Places[] | null {
  const later = works.slice(index + 1).map((work) => known.get(work)?.places);
  return later.every((held) => held !== undefined) ? (later as Places[]) : null;
}

/** Whether a piece of work can do without the joined vector: it reads all of it as one vector, or nothing of it. */
function readsWhole(joined: Range, { inputs, vectors, bytes, parted }: Places): boolean {
  const touching = inputs.flatMap((address, input) => (isIn(joined, address) ? [input] : []));
  if (touching.length === 0) return true;
  const [input] = touching as [number];
  return (
    touching.length === 1 &&
    !parted &&
    input < vectors &&
    inputs[input] === joined.at &&
    bytes === joined.bytes
  );
}

/** Lets later work read the parts. @returns false, and changes nothing, where the joined vector is needed. */
function readsParts(
  joining: Joining,
  later: readonly Places[],
  returns: readonly Return[],
): boolean {
  const joined = { at: joining.to, bytes: sizeOf(joining) };
  const ranges = [joined, ...joining.parts];
  const isOverwritten = later.some(({ outputs, bytes }) =>
    ranges.some(
      (range) =>
        outputs.some((address) => isIn(range, address)) ||
        outputs.some((at) => isIn({ at, bytes }, range.at)),
    ),
  );
  const isKept = returns.some(({ from }) => isIn(joined, from));
  if (isOverwritten || isKept || !later.every((held) => readsWhole(joined, held))) return false;
  for (const held of later) {
    const input = held.inputs.indexOf(joined.at);
    if (input >= 0) held.parted = { input, parts: joining.parts };
  }
  return true;
}

/**
 * Leaves out joins that nobody needs any more once later work reads the parts.
 * @returns the pieces of work that are left
 */
export function withoutJoins(
  recording: Pick<HeapRecording, "works" | "known">,
  returns: readonly Return[],
): readonly Work[] {
  const { works, known } = recording;
  return works.filter((work, index) => {
    const joining = known.get(work)?.joining;
    const later = joining && placesAfter(recording, index);
    return !(joining && later && readsParts(joining, later, returns));
  });
}
