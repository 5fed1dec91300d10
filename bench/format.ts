// Numbers as the tables of the bench show them.
import type { Spread } from "./statistics";

/** Three significant digits, or all digits before the point: "0.123", "4.61", "1830". */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(digits);
}

/** Median and quartiles: "4.61 (4.40–5.12)". */
export function withSpread({ median, low, high }: Spread): string {
  return `${figure(median)} (${figure(low)}–${figure(high)})`;
}

/** A ratio with its quartiles: "3.4× (3.1–3.8)", "0.54× (0.50–0.61)". */
export function times({ median, low, high }: Spread): string {
  const short = (value: number) => value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0);
  return `${short(median)}× (${short(low)}–${short(high)})`;
}

/** A share with its quartiles: "2.1 % (1.0–3.5)". */
export function percent({ median, low, high }: Spread): string {
  const short = (share: number) => (100 * share).toFixed(1).replace("-", "−");
  return `${short(median)} % (${short(low)}–${short(high)})`;
}
