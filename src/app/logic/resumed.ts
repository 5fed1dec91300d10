// Marks of a run that goes on after a divergence: from the weights that were brought back.
import type { Divergence } from "../../worker/protocol";
import { epochText } from "./figures";
import type { Mark } from "./marks";

/** Says at the mark of the change that was made for it, or at one of its own, where training went on and after what. */
export function resumedMarks(
  marks: readonly Mark[],
  { epoch, restored }: Divergence,
): readonly Mark[] {
  // Changes made later than the weights that are back have not happened to them.
  const kept = marks.filter((mark) => mark.epoch <= restored.epoch);
  const text = `back from a divergence at epoch ${epochText(epoch)}`;
  const last = kept.at(-1);
  if (last && last.step === restored.step && last.epoch === restored.epoch) {
    // Where several divergences led back to this step, the last one is described.
    const said = last.text.replace(/(^|, )back from a divergence at epoch \S+$/, "");
    return [...kept.slice(0, -1), { ...last, text: said === "" ? text : `${said}, ${text}` }];
  }
  const nothing = { path: "stopping.patience", from: 0, to: 0, at: 0 } as const;
  return [...kept, { ...nothing, step: restored.step, epoch: restored.epoch, text }];
}
