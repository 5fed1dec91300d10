// Runs any reference case on the current backend: finds its kind, compares, and leaves nothing behind.
import type { BackendName } from "../training/backends/backend";
import { tf } from "../training/tensors";
import { Deviations } from "./deviations";
import { executionText, type Family, type RunNotes } from "./family";
import { histogramFamily } from "./histogramCase";
import { limitsOn } from "./limits";
import { linearPathFamily } from "./linearPath";
import { logisticFamily } from "./logistic";
import { metricsFamily } from "./metricsCase";
import { pruneFamily } from "./pruneCase";
import { quantizeFamily } from "./quantizeCase";
import { isContent } from "./reading";
import { sparsityFamily } from "./sparsityCase";
import { trajectoryFamily } from "./trajectory";

/** Every kind of case; the first that recognises a file runs it. */
const families: readonly Family[] = [
  trajectoryFamily,
  metricsFamily,
  histogramFamily,
  sparsityFamily,
  pruneFamily,
  quantizeFamily,
  linearPathFamily,
  logisticFamily,
];

export interface GoldenResult {
  readonly name: string;
  /** Kind of case, for people; null when no kind recognises the file. */
  readonly family: string | null;
  readonly outcome: "pass" | "fail" | "not supported yet";
  /** |ours − reference| where it comes nearest to its limit; null when nothing was compared. */
  readonly error: number | null;
  /** Largest error allowed there; 0 where both must be equal. */
  readonly limit: number | null;
  /** Where that is; or why the case did not run. */
  readonly detail: string;
  /** Numbers compared. */
  readonly compared: number;
  /** How many training steps were replayed from a recording, "19 of 20"; null where the backend or the kind of case has none. */
  readonly replayed: string | null;
}

/**
 * Runs a parsed reference file on the current backend, whose name decides the limits.
 * Never throws for a case that it cannot run; frees what the case leaves behind.
 */
export async function runGoldenCase(
  name: string,
  content: unknown,
  backend: BackendName,
): Promise<GoldenResult> {
  const family = isContent(content) && families.find((one) => one.recognises(content));
  const notRun = (detail: string): GoldenResult => ({
    name,
    family: family ? family.name : null,
    outcome: "not supported yet",
    error: null,
    limit: null,
    detail,
    compared: 0,
    replayed: null,
  });
  if (!isContent(content)) return notRun("the file holds no object");
  if (!family) return notRun(`no known kind of case has these keys: ${Object.keys(content)}`);
  const missing = family.unsupported?.(content) ?? [];
  if (missing.length > 0) return notRun(missing.join(", "));
  const deviations = new Deviations();
  const notes: RunNotes = { execution: null };
  // A case that throws half-way leaves its tensors to this scope.
  tf.engine().startScope(name);
  try {
    await family.run(content, deviations, limitsOn(backend), notes);
  } catch (error) {
    deviations.refuse(error instanceof Error ? error.message : String(error));
  } finally {
    tf.engine().endScope();
  }
  const { worst, passed, count } = deviations;
  return {
    name,
    family: family.name,
    outcome: passed ? "pass" : "fail",
    error: worst?.error ?? null,
    limit: worst?.limit ?? null,
    detail: worst?.place ?? "the file holds nothing to compare",
    compared: count,
    replayed: executionText(notes),
  };
}
