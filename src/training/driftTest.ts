// One test on corrupted pictures at a time: a later one, a reset or a stop ends the one under way.
import { countMultiplyAdds } from "../experiment/bounds";
import { chunkSize } from "../experiment/memory";
import type { TrainingRun } from "./run";
import type { DriftReport } from "./telemetry";
import { tf } from "./tensors";

/** Pictures at once: corrupting them is work too, and training waits for it. */
const largestChunk = 100;

/** What the test needs of the trainer's host. */
export interface DriftHost {
  breathe(): Promise<void>;
  onDrift?(share: number): void;
}

export class DriftTest {
  /** The test whose result is wanted; any other ends after its present chunk. */
  private wanted: object | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly run: TrainingRun,
    private readonly host: DriftHost,
  ) {}

  /**
   * Tests the weights as they are at the call; training may go on meanwhile. @param wanted false only ends a test
   * @returns null where it was ended. @throws RangeError where the examples are no pictures
   */
  async ask(wanted: boolean): Promise<DriftReport | null> {
    if (wanted) return this.begin();
    await this.end();
    return null;
  }

  private begin(): Promise<DriftReport | null> {
    const me = {};
    this.wanted = me;
    const report = this.test(() => this.wanted === me);
    this.last = report.catch(() => undefined);
    return report;
  }

  /** Ends the test under way, if there is one. @returns when it has let go of its tensors */
  async end(): Promise<void> {
    this.wanted = null;
    await this.last;
  }

  private async test(goesOn: () => boolean): Promise<DriftReport | null> {
    const { run, host } = this;
    const { dataset, network, experiment } = run;
    if (dataset.inputShape.length !== 3) throw new RangeError("This data set has no pictures.");
    const multiplyAdds = countMultiplyAdds(experiment);
    const snapshot = run.snapshot();
    try {
      // Few ask for it: its code is loaded when they do.
      const { testDrift, testedCount } = await import("./views/drift");
      return await testDrift(network, snapshot, dataset, {
        count: testedCount(multiplyAdds, dataset.validation.count),
        chunk: Math.min(largestChunk, chunkSize(multiplyAdds)),
        seed: experiment.seed,
        breathe: () => host.breathe(),
        goesOn,
        onProgress: (share) => {
          if (goesOn()) host.onDrift?.(share);
        },
      });
    } finally {
      tf.dispose(snapshot as never);
    }
  }
}
