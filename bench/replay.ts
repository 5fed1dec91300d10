// `node scripts/run.mjs bench/replay.ts [--quick]`: how replayed steps compare with usual ones on WebGPU, in a real Chromium.
import { withHarness } from "./harnessPage";
import { replayCases, timedCases } from "./replayCases";
import type { ReplayCase, ReplayComparison } from "./replayRun";

const furthest = (a: readonly number[] | null, b: readonly number[] | null) =>
  (a ?? []).reduce((most, value, i) => Math.max(most, Math.abs(value - (b?.[i] ?? Number.NaN))), 0);

const compare = (held: ReplayCase) =>
  withHarness((page) => {
    page.setDefaultTimeout(0);
    return page.evaluate(
      (chosen) =>
        (
          globalThis as unknown as {
            harness: { compare(held: ReplayCase, repeats: number): Promise<ReplayComparison> };
          }
        ).harness.compare(chosen, 1),
      held,
    );
  });

function print(name: string, { usual, replayed }: ReplayComparison): void {
  const { reason, operations, milliseconds } = replayed;
  console.log(`${name}:`);
  console.log(`  ${reason ?? `${operations} operations, recorded`}`);
  console.log(`  largest difference of a loss: ${furthest(usual.losses, replayed.losses)}`);
  console.log(`  largest difference of a weight: ${furthest(usual.weights, replayed.weights)}`);
  if (milliseconds > 0) {
    const [before, after] = [usual.milliseconds, milliseconds].map((value) => value.toFixed(2));
    console.log(`  JavaScript per step: ${before} ms as usual, ${after} ms replayed`);
  }
}

const quick = process.argv.includes("--quick");
const cases = { ...(quick ? {} : replayCases), ...timedCases };
for (const [name, held] of Object.entries(cases)) print(name, await compare(held));
process.exit(0);
