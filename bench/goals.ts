// What must be reached, beside what was: each goal says where its figure comes from.
import type { EntryResult } from "./compare";
import { percent, times, withSpread } from "./format";
import type { BenchResults } from "./results";
import { ratioOf, type Spread } from "./statistics";

export interface GoalLine {
  readonly goal: string;
  readonly measured: string;
  /** Null where nothing was measured. */
  readonly met: boolean | null;
}

const unmeasured = (goal: string, why: string): GoalLine => ({ goal, measured: why, met: null });

function entryOf({ comparisons }: BenchResults, comparison: string, id: string) {
  return comparisons
    .find((held) => held.comparison.id === comparison)
    ?.results.find(({ entry }) => entry.id === id);
}

const totals = ({ rounds }: EntryResult) => rounds.map(({ total }) => total);

/** How many times longer the other's step takes than ours, or null where one of them has no figures. */
export function speedRatio(
  other: EntryResult | undefined,
  ours: EntryResult | undefined,
): Spread | null {
  if (!other || !ours || other.failure !== null || ours.failure !== null) return null;
  return ratioOf(totals(other), totals(ours));
}

function ratioGoal(results: BenchResults, title: string, id: string, least: number): GoalLine {
  const goal = `MLP on WASM: at least ${least}× as fast as ${title}`;
  const other = entryOf(results, "mlp", id);
  const ratio = speedRatio(other, entryOf(results, "mlp", "ours wasm"));
  if (!ratio) return unmeasured(goal, other?.failure ?? "not measured");
  return { goal, measured: times(ratio), met: ratio.median >= least };
}

/** The best of those that can train the CNN at all. */
function convolutionGoal(results: BenchResults): GoalLine {
  const goal = "CNN on WASM: at least 12× as fast as the best of the others";
  const ours = entryOf(results, "cnn", "ours wasm");
  const best = ["stock webgl", "jax wasm", "convnet"]
    .map((id) => entryOf(results, "cnn", id))
    .map((other) => ({ other, ratio: speedRatio(other, ours) }))
    .filter((pair) => pair.ratio !== null)
    .sort((a, b) => (a.ratio as Spread).median - (b.ratio as Spread).median)[0];
  if (!best?.ratio) return unmeasured(goal, "not measured");
  const { ratio, other } = best;
  return {
    goal,
    measured: `${times(ratio)}, best: ${other?.entry.title}`,
    met: ratio.median >= 12,
  };
}

function productsGoal({ products }: BenchResults): GoalLine {
  const goal = "MLP on WASM: a step takes at most 2× its bare matrix products";
  if (!products) return unmeasured(goal, "not measured");
  return { goal, measured: times(products.ratio), met: products.ratio.median <= 2 };
}

function liveGoal({ live }: BenchResults): GoalLine {
  const goal = "2-8-8-1 on 250 points, batch 10, page live: at least 200 epochs a second";
  const best = [...live].sort((a, b) => b.epochsPerSecond - a.epochsPerSecond)[0];
  if (!best) return unmeasured(goal, "not measured");
  return {
    goal,
    measured: live.map((one) => `${one.epochsPerSecond.toFixed(0)} on ${one.backend}`).join(", "),
    met: best.epochsPerSecond >= 200,
  };
}

function telemetryGoal({ telemetry }: BenchResults): GoalLine {
  const goal = "telemetry at default rates: at most 5 % of the step rate";
  if (!telemetry) return unmeasured(goal, "not measured");
  const { looking, share } = telemetry;
  const measured = `${percent(looking)} of the time; ${percent(share)} of the step rate`;
  return { goal, measured, met: looking.median <= 0.05 };
}

function responsivenessGoal({ responsiveness }: BenchResults): GoalLine {
  const goal = "page while training: no main-thread task above 50 ms";
  if (!responsiveness) return unmeasured(goal, "not measured");
  const { longTasks, seconds, busiestMilliseconds } = responsiveness;
  const measured = `${longTasks} in ${seconds} s; the busiest worked for ${busiestMilliseconds.toFixed(0)} ms`;
  return { goal, measured, met: longTasks === 0 };
}

function startGoal({ start }: BenchResults): GoalLine {
  const goal = "first visit, warm cache: first training step within 2 s of navigation";
  if (!start) return unmeasured(goal, "not measured");
  const { firstStep } = start;
  return { goal, measured: `${withSpread(firstStep)} ms`, met: firstStep.median <= 2000 };
}

const scripts = ({ rounds }: EntryResult) => rounds.map(({ script }) => script);

/** JavaScript of a replayed step beside stock TensorFlow.js' on the same device. */
function scriptGoal(
  results: BenchResults,
  comparison: string,
  network: string,
  most: number,
): GoalLine {
  const goal = `${network} on WebGPU, replayed: JavaScript per step at most 1/${most} of stock TensorFlow.js`;
  const other = entryOf(results, comparison, "stock webgpu");
  const ours = entryOf(results, comparison, "ours webgpu");
  if (!speedRatio(other, ours)) {
    return unmeasured(goal, ours?.failure ?? other?.failure ?? "not measured");
  }
  const ratio = ratioOf(scripts(other as EntryResult), scripts(ours as EntryResult));
  return { goal, measured: `${times(ratio)} less`, met: ratio.median >= most };
}

function optimizerGoal({ optimizer }: BenchResults): GoalLine {
  const goal = "optimizer on WebGPU: at most 2 dispatches";
  if (!optimizer) return unmeasured(goal, "not measured");
  return {
    goal,
    measured: optimizer.steps.map(({ optimizer: name, calls }) => `${name} ${calls}`).join(", "),
    met: optimizer.steps.every(({ calls }) => calls <= 2),
  };
}

/** All goals beside their figures. */
export function goalLines(results: BenchResults): readonly GoalLine[] {
  return [
    ratioGoal(results, "stock TensorFlow.js on WASM", "stock wasm", 3),
    ratioGoal(results, "jax-js on WASM", "jax wasm", 2),
    ratioGoal(results, "ConvNetJS", "convnet", 6),
    convolutionGoal(results),
    productsGoal(results),
    liveGoal(results),
    scriptGoal(results, "mlp-webgpu", "MLP", 8),
    scriptGoal(results, "cnn-webgpu", "CNN", 25),
    optimizerGoal(results),
    telemetryGoal(results),
    responsivenessGoal(results),
    startGoal(results),
  ];
}
