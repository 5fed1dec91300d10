// Takes every kind of step once before anybody presses Train, so that a graphics backend has compiled what it will need.
import { readLayers } from "./layerReadings";
import type { Measurements } from "./measurements";
import type { TrainingRun } from "./run";

/** A card that is played by the processor is not kept busy for longer, in milliseconds. */
const longest = 1500;

/**
 * One usual step, one that is measured, and the last of an epoch, whose batch may be smaller; then the run is back where
 * it stood, to the bit. @param now the clock, in milliseconds
 */
export async function warmUp(
  run: TrainingRun,
  measurements: Measurements,
  now: () => number,
): Promise<void> {
  const begun = now();
  const start = run.capture();
  const kinds = [
    { step: run.step, measured: false },
    { step: run.step, measured: true },
    { step: run.stepsPerEpoch - 1, measured: false },
    { step: run.stepsPerEpoch - 1, measured: true },
  ];
  for (const { step, measured } of kinds) {
    if (now() - begun > longest) break;
    run.returnTo({ ...run.capture(), step });
    run.advance(measured);
    if (measured) await measurements.measure();
    await run.last.readLoss();
  }
  // What was measured on the way is nobody's business; but reading it needs programs too.
  await measurements.take();
  await readLayers(run);
  run.returnTo(start);
}
