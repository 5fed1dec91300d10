// The curves as a file for a spreadsheet: every recorded row, in full precision.
import { penaltyTerms } from "../../experiment/hyperparameters";
import type { TargetScale } from "../../worker/protocol";
import type { ColumnName, Columns } from "../logic/history";
import { typicalError } from "../logic/target";

const snakeCase = (name: string) =>
  name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);

const columns: readonly (readonly [string, ColumnName])[] = [
  ["step", "step"],
  ["epoch", "epoch"],
  ["train_loss", "trainLoss"],
  ["validation_loss", "validationLoss"],
  ["train_accuracy", "trainAccuracy"],
  ["validation_accuracy", "validationAccuracy"],
  ["averaged_validation_loss", "averagedLoss"],
  ["averaged_validation_accuracy", "averagedAccuracy"],
  ...penaltyTerms.map(
    ({ name, kind }) =>
      [`${snakeCase(name)}_${kind === "penalty" ? "penalty" : "implied"}`, name] as const,
  ),
  ["gradient_norm", "gradientNorm"],
  ["clipped_gradient_norm", "clippedNorm"],
  ["learning_rate", "learningRate"],
  ["weight_norm", "weightNorm"],
  ["near_zero_share", "nearZero"],
  ["exact_zero_share", "exactZero"],
];

const errorColumns = [
  ["train_error", "trainLoss"],
  ["validation_error", "validationLoss"],
] as const;

/** @param target the column of a table that is predicted: its errors in their own unit come last */
export function toCsv(record: Columns, target: TargetScale | null = null): string {
  const errors = target ? errorColumns : [];
  const lines = [[...columns, ...errors].map(([name]) => name).join(",")];
  for (let row = 0; row < record.step.length; row++) {
    const cells = columns.map(([, column]) => {
      const value = record[column][row] as number;
      return Number.isFinite(value) ? String(value) : "";
    });
    const own = errors.map(([, column]) =>
      String(typicalError(record[column][row] as number, target as TargetScale)),
    );
    lines.push([...cells, ...own].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** Hands a text to the browser as a file to keep. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
