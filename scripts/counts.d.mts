export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Names of tests that passed only when tried again. */
  readonly flaky: readonly string[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}
/** More tests than this that passed only when tried again are a fault of their own. */
export const toleratedFlaky: number;
/** @param report what vitest's JSON reporter wrote */
export function countUnit(report: unknown): Count;
/** @param report what Playwright's JSON reporter wrote */
export function countBrowser(report: unknown): Count;
/** What to print at the end, the sum alone on the last line; and how many failed. */
export function summary(counts: readonly Count[]): {
  readonly lines: readonly string[];
  readonly failed: number;
};
