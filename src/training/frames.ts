// What the visible panels need, made no more often than they can draw.
import { layerStatistics } from "./metrics";
import type { TrainingRun } from "./run";
import type { Frame, Panel } from "./telemetry";
import { tf } from "./tensors";
import type { Views } from "./views";

/** Galleries are large and change slowly: while training they come at most this often, in milliseconds. */
const galleryMilliseconds = 1000;
const usualFramesPerSecond = 8;

export type PanelFrame = Pick<Frame, "layers" | "boundary" | "neurons" | "curve" | "gallery">;

/** Flat weights as they stand, [parameterCount]. */
export async function readWeights(run: TrainingRun): Promise<Float32Array> {
  // A handle of our own: training may replace the weights while a graphics backend still reads them.
  const held = tf.clone(run.weights);
  const values = (await held.data()) as Float32Array;
  held.dispose();
  return values;
}

export class Frames {
  private panels: ReadonlySet<Panel> = new Set();
  private interval = 1000 / usualFramesPerSecond;
  private last = Number.NEGATIVE_INFINITY;
  private lastGallery = Number.NEGATIVE_INFINITY;
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
    if (training && start - this.lastGallery < galleryMilliseconds) wanted.delete("gallery");
    else if (wanted.has("gallery")) this.lastGallery = start;
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
    if (!wanted.has("weights")) return views;
    return { ...views, layers: layerStatistics(run.network, await readWeights(run)) };
  }

  dispose(): void {
    this.views.dispose();
  }
}
