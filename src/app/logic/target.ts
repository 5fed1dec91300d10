// Errors in the unit of the column that a table's network predicts: losses are standardized, people think in the column's own numbers.
import type { TargetScale } from "../../worker/protocol";
import type { Columns } from "./history";

/** Root of the mean square error in the column's unit. @param loss mean square of the standardized error */
export function typicalError(loss: number, { deviation }: TargetScale): number {
  return deviation * Math.sqrt(loss);
}

/** Typical error on validation minus that on training, in the column's unit. */
export function errorGap(columns: Columns, row: number, target: TargetScale): number {
  const of = (column: readonly number[]) => typicalError(column[row] as number, target);
  return of(columns.validationLoss) - of(columns.trainLoss);
}

const threeDigits = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const minus = (text: string) => text.replaceAll("-", "−");

/** An error with three significant digits, thousands apart; tiny and huge ones with a power of ten. */
export function quantity(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 1e-4 && size < 1e12);
  return minus(plain ? threeDigits.format(value) : value.toExponential(2).replace("e+", "e"));
}

/** Most decimals that are written out. */
const mostDecimals = 12;

/** A value of the column, to a few hundredths of its deviation: a year is 1,987 rather than 1,990. */
export function valueText(value: number, { deviation }: TargetScale): string {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(deviation)));
  if (decimals > mostDecimals || Math.abs(value) >= 1e15) return quantity(value);
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return minus(value.toLocaleString("en", digits));
}

/** Longest name of a column that is written out. */
const longestName = 24;

/** "in “price”": a column's name is all that is known of its unit. */
export function unitWords({ name }: TargetScale): string {
  return `in “${name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name}”`;
}
