// What the learner compares accuracies by, kept while tabs change and runs follow one another.
import { create } from "zustand";

/** Key of a grouping; null: the classes. */
export const useGrouping = create<{ readonly key: string | null }>(() => ({ key: null }));
