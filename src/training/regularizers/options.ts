// The forms of regularizers that are no numbers: they decide which operations a step has.
import type { Experiment } from "../../experiment/schema";

/** Named like their settings. */
export type RegularizerOptions = Readonly<
  Pick<Experiment["regularization"], "l1ProximalForm" | "groupL1Scale">
>;

export const defaultOptions: RegularizerOptions = { l1ProximalForm: "plain", groupL1Scale: "none" };

/** Options of an experiment. Only Adam has the second moment that the preconditioned threshold reads. */
export function regularizerOptionsOf({
  regularization,
  optimizer,
}: Experiment): RegularizerOptions {
  const { l1ProximalForm, groupL1Scale } = regularization;
  const adam = optimizer.kind === "adam" || optimizer.kind === "adamw";
  return { l1ProximalForm: adam ? l1ProximalForm : defaultOptions.l1ProximalForm, groupL1Scale };
}
