// The self-test's outcome in words: one line for the page, and a plain-text report to hand on.
import type { BackendName, SelfTestResult } from "../../worker/selfTestProtocol";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly unsupported: number;
  readonly unloaded: number;
}

export function tally(results: readonly SelfTestResult[]): Tally {
  const of = (outcome: SelfTestResult["outcome"]) =>
    results.filter((result) => result.outcome === outcome).length;
  return {
    passed: of("pass"),
    failed: of("fail"),
    unsupported: of("not supported yet"),
    unloaded: of("not loaded"),
  };
}

/** An error or limit with two digits: "3.1e-7"; "0" where there is none. */
export function small(value: number | null): string {
  if (value === null) return "–";
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return "not comparable";
  return value.toExponential(1).replace(".0e", "e");
}

/** "1e-5 allowed", or that both must be equal. */
export function allowed(limit: number | null): string {
  if (limit === null) return "";
  return limit === 0 ? "must be equal" : `limit ${small(limit)}`;
}

/** How much of its limit the error uses up; a case without any error uses nothing. */
const share = ({ error, limit }: SelfTestResult) =>
  error === null || error === 0 ? 0 : error / (limit || Number.MIN_VALUE);

/** The case that comes nearest to its limit, or exceeds it most; null where nothing was compared. */
export function nearestToLimit(results: readonly SelfTestResult[]): SelfTestResult | null {
  const compared = results.filter(({ error }) => error !== null);
  return compared.reduce<SelfTestResult | null>(
    (worst, result) => (worst && share(worst) >= share(result) ? worst : result),
    null,
  );
}

/** "50 passed, 0 failed." with what else there is. */
export function summary(results: readonly SelfTestResult[], total: number): string {
  const { passed, failed, unsupported, unloaded } = tally(results);
  const parts = [`${passed} passed`, `${failed} failed`];
  if (unsupported > 0) parts.push(`${unsupported} not supported`);
  if (unloaded > 0) parts.push(`${unloaded} could not be loaded`);
  const left = total - results.length;
  if (left > 0) parts.push(`${left} not run`);
  return parts.join(", ");
}

export interface ReportFacts {
  readonly date: Date;
  readonly page: string;
  readonly browser: string;
  readonly backend: BackendName;
  readonly device: string | null;
  readonly software: boolean;
  /** Versions of this page and of TensorFlow.js. */
  readonly version: string;
  readonly tensorflow: string | null;
  readonly total: number;
  readonly failure: string | null;
}

function line({ name, outcome, error, limit, detail, milliseconds }: SelfTestResult): string {
  const figures = error === null ? "" : ` error ${small(error)}, ${allowed(limit)}, at:`;
  return `${outcome.padEnd(6)} ${name.padEnd(34)}${figures} ${detail} (${milliseconds.toFixed(0)} ms)`;
}

/** The report as plain text, a line for each case. */
export function reportText(facts: ReportFacts, results: readonly SelfTestResult[]): string {
  const device = [facts.device, facts.software ? "emulated on the processor" : null]
    .filter((part) => part)
    .join(", ");
  return [
    `Regularization Playground ${facts.version}, self-test of ${facts.date.toISOString()}`,
    `Page: ${facts.page}`,
    `Browser: ${facts.browser}`,
    `Backend: ${facts.backend}${device ? ` (${device})` : ""}, TensorFlow.js ${facts.tensorflow ?? "not loaded"}`,
    `Result: ${summary(results, facts.total)} of ${facts.total} cases`,
    ...(facts.failure ? [`Ended early: ${facts.failure}`] : []),
    "",
    ...results.map(line),
    "",
  ].join("\n");
}
