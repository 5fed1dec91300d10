// The last two tests on corrupted pictures, over the end of a run: what did a regularizer change? Loaded with their view.
import { create } from "zustand";
import { comparable, type DriftTest } from "../logic/drift";
import { useRun } from "./run";

interface DriftTests {
  readonly latest: DriftTest | null;
  /** The one before, where it was made of the same pictures; else null. */
  readonly before: DriftTest | null;
}

export const useDriftTests = create<DriftTests>(() => ({ latest: null, before: null }));

/** Takes in a test; the one it replaces becomes the one to compare with. */
export function rememberDrift(test: DriftTest): void {
  const { latest } = useDriftTests.getState();
  if (latest?.report === test.report) return;
  useDriftTests.setState({
    latest: test,
    before: latest && comparable(latest, test) ? latest : null,
  });
}

useRun.subscribe(({ drift }) => {
  if (drift) rememberDrift(drift);
});
