// What the visible panels need, made no more often than they can draw.
import { countMultiplyAdds } from "../experiment/bounds";
import { deadShares, layerStatistics } from "./metrics";
import type { TrainingRun } from "./run";
import type { Frame, LayerStatistics, Panel } from "./telemetry";
import { type Tensor, tf, tidy } from "./tensors";
import type { Views } from "./views";

/** What is large or dear and changes slowly comes at most this often while training, in milliseconds. */
const slowMilliseconds = 1000;
const usualFramesPerSecond = 8;

export type PanelFrame = Pick<Frame, "layers" | "boundary" | "neurons" | "curve" | "gallery">;

/** Examples among which a unit must fire once to count as alive, and what looking at them may cost in multiply-adds. */
const deadSample = 500;
const deadCost = 4e8;

/** Values of a tensor that training may replace while a graphics backend still reads it. */
async function readHeld(tensor: Tensor): Promise<Float32Array> {
  const held = tf.clone(tensor);
  const values = (await held.data()) as Float32Array;
  held.dispose();
  return values;
}

/** Flat weights as they stand, [parameterCount]. */
export function readWeights(run: TrainingRun): Promise<Float32Array> {
  return readHeld(run.weights);
}

/** Share of dead units in each hidden layer, looked for among validation examples. */
async function readDeadShares(run: TrainingRun): Promise<Float32Array | null> {
  const affordable = Math.max(32, Math.floor(deadCost / countMultiplyAdds(run.experiment)));
  const snapshot = run.snapshot();
  const shares = tidy(() => {
    const count = Math.min(deadSample, affordable, run.validation.count);
    const { inputs } = run.validation.slice(0, count);
    return deadShares(run.network, snapshot, inputs);
  });
  const values = shares && ((await shares.data()) as Float32Array);
  tf.dispose([snapshot as never, shares ?? []]);
  return values;
}

/** Statistics of every layer as the run stands. @param known share of dead units, where it was looked for just now */
export async function readLayers(
  run: TrainingRun,
  known?: Float32Array | null,
): Promise<readonly LayerStatistics[]> {
  const held = run.updateRatios;
  const updateRatios = held && (await readHeld(held));
  const dead = known === undefined ? await readDeadShares(run) : known;
  return layerStatistics(run.network, await readWeights(run), { updateRatios, deadShares: dead });
}

export class Frames {
  private panels: ReadonlySet<Panel> = new Set();
  private interval = 1000 / usualFramesPerSecond;
  private last = Number.NEGATIVE_INFINITY;
  private lastGallery = Number.NEGATIVE_INFINITY;
  private lastDead = Number.NEGATIVE_INFINITY;
  private deadShares: Float32Array | null = null;
  /** Milliseconds that the last frame took. */
  private cost = 0;

  constructor(
    private readonly run: TrainingRun,
    private readonly views: Views,
  ) {}

  /** Which panels are visible, and how often they may be sent (0.2 to 30 times a second). */
  watch(panels: readonly Panel[], framesPerSecond: number): void {
    this.panels = new Set(panels);
    this.interval = 1000 / Math.min(30, Math.max(0.2, framesPerSecond));
  }

  /** Where pictures are dear they come less often: training keeps at least two thirds of the time. */
  isDue(now: number): boolean {
    return now - this.last >= Math.max(this.interval, 2 * this.cost);
  }

  /**
   * Data of the visible panels.
   * @param now the clock, in milliseconds. @param training false brings everything, galleries included.
   */
  async render(now: () => number, training: boolean): Promise<PanelFrame> {
    const start = now();
    const wanted = new Set(this.panels);
    const recent = (last: number) => training && start - last < slowMilliseconds;
    if (recent(this.lastGallery)) wanted.delete("gallery");
    else if (wanted.has("gallery")) this.lastGallery = start;
    if (wanted.has("weights") && !recent(this.lastDead)) {
      this.deadShares = await readDeadShares(this.run);
      this.lastDead = start;
    }
    const frame = await this.collect(wanted);
    this.last = now();
    this.cost = this.last - start;
    return frame;
  }

  private async collect(wanted: ReadonlySet<Panel>): Promise<PanelFrame> {
    const { run } = this;
    const snapshot = run.snapshot();
    const views = await this.views.render(wanted, snapshot);
    tf.dispose(snapshot as never);
    return wanted.has("weights")
      ? { ...views, layers: await readLayers(run, this.deadShares) }
      : views;
  }

  dispose(): void {
    this.views.dispose();
  }
}
