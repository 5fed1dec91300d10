// The learner's own table as the page knows it: what was found in the dropped file, never its content.
import { create } from "zustand";
import type { Experiment } from "../../experiment/schema";
import type { TableSummary } from "../../worker/protocol";

interface Table {
  readonly file: File | null;
  readonly summary: TableSummary | null;
  /** The settings that the summary was read with; those of the experiment once a column is predicted. */
  readonly read: Experiment["data"] | null;
  /** Why the file cannot be used. */
  readonly problem: string | null;
}

export const useTable = create<Table>(() => ({
  file: null,
  summary: null,
  read: null,
  problem: null,
}));
