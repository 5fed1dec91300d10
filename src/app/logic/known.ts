// This run's figures in the form in which others have published theirs.
import type { KnownFigures } from "../../experiment/realPresets";
import type { Moment } from "./diagnosis/types";

export interface FiguresHere {
  /** Such as "69.9 (85.4)" or "83.6 / 59.0 / 24.6"; "–" before anything was measured. */
  readonly text: string;
  /** True where the held-out accuracy is that of the test set, else it is validation's. */
  readonly tested: boolean;
}

const inPercent = (share: number) => (100 * share).toFixed(1).replace("-", "−");

/** What the opened test set said, and when. Accuracies 0 … 1. */
interface Tested {
  readonly epoch: number;
  readonly train: { readonly accuracy: number | null };
  readonly test: { readonly accuracy: number | null };
}

/** @param opened the opened test set, which counts for the epoch at which it was opened; null while it is closed */
export function knownHere(
  quantity: KnownFigures["quantity"],
  { columns, row }: Pick<Moment, "columns" | "row">,
  opened: Tested | null,
): FiguresHere {
  const open = opened !== null && Math.abs(opened.epoch - (columns.epoch[row] ?? -1)) < 1e-6;
  const train = (open ? opened.train.accuracy : null) ?? columns.trainAccuracy[row];
  const held = (open ? opened.test.accuracy : null) ?? columns.validationAccuracy[row];
  const nearZero = columns.nearZero[row];
  if (train === undefined || held === undefined || nearZero === undefined) {
    return { text: "–", tested: open };
  }
  const text =
    quantity === "sparsity"
      ? `${inPercent(nearZero)} (${inPercent(held)})`
      : [train, held, train - held].map(inPercent).join(" / ");
  return { text, tested: open };
}
