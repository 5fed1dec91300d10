// Marks of live changes on the curves: a dragged slider leaves one mark, not fifty.
import { describeChange } from "../../experiment/difference";
import type { FieldValue } from "../../experiment/fields";
import { type FieldPath, sameValue } from "../../experiment/schema";
import type { EarlyStop, LiveChange } from "../../worker/protocol";
import { epochText } from "./figures";

export interface Mark {
  readonly path: FieldPath;
  readonly from: FieldValue;
  readonly to: FieldValue;
  readonly step: number;
  readonly epoch: number;
  /** Milliseconds on the page's clock when it was made. */
  readonly at: number;
  readonly text: string;
}

/** Changes of one setting closer together than this are one movement of the hand. */
const oneMovement = 1500;

function makeMark(change: LiveChange, at: number): Mark {
  const path = change.path as FieldPath;
  return { ...change, path, at, text: describeChange(path, change.from, change.to) };
}

/** More marks than this nobody could tell apart; the oldest go. */
const mostMarks = 100;

/** Adds changes to the marks. Changes before the first step are settings, not marks. */
export function addMarks(
  marks: readonly Mark[],
  changes: readonly LiveChange[],
  now: number,
): readonly Mark[] {
  const kept = [...marks];
  for (const change of changes) {
    // The number of epochs changes how long the run lasts, not what it does.
    if (change.step === 0 || change.path === "optimizer.epochs") continue;
    const last = kept.findLastIndex((mark) => mark.path === change.path);
    const previous = kept[last];
    if (previous && last === kept.length - 1 && now - previous.at < oneMovement) {
      kept.splice(last, 1);
      if (sameValue(previous.from, change.to)) continue;
      const merged = { ...change, from: previous.from, step: previous.step, epoch: previous.epoch };
      kept.push({ ...makeMark(merged, now) });
    } else if (!sameValue(change.from, change.to)) {
      kept.push(makeMark(change, now));
    }
  }
  return kept.slice(-mostMarks);
}

/** Marks the moment whose weights early stopping brought back. */
export function bestMark({ bestEpoch }: EarlyStop): Mark {
  return {
    path: "stopping.patience",
    from: 0,
    to: 0,
    step: 0,
    epoch: bestEpoch,
    at: 0,
    text: `best weights: epoch ${epochText(bestEpoch)}`,
  };
}
