// Programs of our own on a real graphics card against their references: drivers differ, and a wrong number would not be seen.
import { setUpBackend } from "../src/training/backends";
import { normalizations } from "../src/training/kernels/normalizeComparison";
import { compareNormalizations } from "./normalizationRun";
import { optimizerCases, optimizerNames } from "./optimizerBench";
import { compareOptimizers } from "./optimizerRun";
import { replayCases } from "./replayCases";
import { compareRuns, type RunFigures } from "./replayRun";
import { compareStatistics } from "./statisticsRun";

export interface DeviceCheck {
  readonly name: string;
  /** Figures in words. */
  readonly found: string;
  readonly good: boolean;
}

const shown = (error: number | null) => (error === null ? "NaN" : error.toExponential(1));
const within = (error: number | null, limit: number) => error !== null && error <= limit;

async function optimizers(): Promise<DeviceCheck[]> {
  const checks: DeviceCheck[] = [];
  for (const [index, held] of optimizerCases.entries()) {
    const { calls, referenceCalls, error } = await compareOptimizers(held);
    checks.push({
      name: `optimizer: ${optimizerNames[index]}`,
      found: `${calls} instead of ${referenceCalls} dispatches, largest difference ${shown(error)}`,
      good: calls <= 2 && within(error, 1e-5),
    });
  }
  return checks;
}

async function normalized(): Promise<DeviceCheck[]> {
  const checks: DeviceCheck[] = [];
  for (const kind of normalizations) {
    const { errors, calls, referenceCalls } = await compareNormalizations({
      kind,
      shape: [32, 8, 8, 64],
    });
    const error = Math.max(...errors);
    checks.push({
      name: `${kind} normalization, forward and back`,
      found: `${calls} instead of ${referenceCalls} dispatches, largest difference ${shown(error)}`,
      good: within(error, 1e-4),
    });
  }
  return checks;
}

async function statistics(): Promise<DeviceCheck> {
  const { error, scalarError, sameCounts, calls } = await compareStatistics({
    segments: [
      { offset: 0, size: 200_704, units: 256 },
      { offset: 200_960, size: 2560, units: 10 },
    ],
    length: 203_530,
    scale: 0.03,
    notFinite: [5, 70_000],
  });
  return {
    name: "figures of the weights",
    found: `${calls} dispatch, counts ${sameCounts ? "equal" : "differ"}, largest difference of a sum ${shown(error)}`,
    good: sameCounts && within(error, 1e-4) && within(scalarError, 1e-4),
  };
}

function furthest(a: RunFigures, b: RunFigures): number {
  const both = [
    [a.losses, b.losses],
    [a.weights, b.weights],
    [a.statistics, b.statistics],
  ] as const;
  const all = both.flatMap(([left, right]) =>
    left.map((value, i) => Math.abs(value - (right[i] ?? Number.NaN))),
  );
  // Math.max keeps NaN.
  return all.reduce((most, value) => Math.max(most, value), 0);
}

async function replays(say: (text: string) => void): Promise<DeviceCheck[]> {
  const checks: DeviceCheck[] = [];
  for (const [name, held] of Object.entries(replayCases)) {
    say(`replayed against usual: ${name}`);
    const { usual, replayed } = await compareRuns(held, 1);
    const error = furthest(usual, replayed);
    checks.push({
      name: `replayed against usual, ${held.steps} steps: ${name}`,
      found:
        replayed.reason ?? `${replayed.operations} operations, largest difference ${shown(error)}`,
      good: replayed.reason === null && within(error, 1e-6),
    });
  }
  return checks;
}

/** Runs all checks on the device that was provided. */
export async function checkDevice(say: (text: string) => void): Promise<DeviceCheck[]> {
  await setUpBackend("webgpu", { wasmFolder: "" });
  say("programs of our own against their references");
  return [
    ...(await optimizers()),
    ...(await normalized()),
    await statistics(),
    ...(await replays(say)),
  ];
}
