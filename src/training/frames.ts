// What the visible panels need, made no more often than they can draw.
import { layerStatistics } from "./metrics";
import type { TrainingRun } from "./run";
import type { Frame, Look, Panel } from "./telemetry";
import { tf } from "./tensors";
import type { Views } from "./views";

/** Large panels that change slowly: while training each comes at most once in this many milliseconds. */
const slowMilliseconds = 1000;
const slowPanels: ReadonlySet<Panel> = new Set(["gallery", "report", "filters", "maps"] as const);
const usualFramesPerSecond = 8;

export type PanelFrame = Omit<Frame, "step" | "epoch" | "stepsPerSecond" | "points">;

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
  /** When a slow panel was last made. */
  private readonly lastSlow = new Map<Panel, number>();
  private look: Look = { picture: 0, firstUnit: 0 };
  /** Milliseconds that the last frame took. */
  private cost = 0;

  constructor(
    private readonly run: TrainingRun,
    private readonly views: Views,
  ) {}

  /** Which panels are visible, how often they may be sent (0.2 to 30 times a second), and what is looked at. */
  watch(panels: readonly Panel[], framesPerSecond: number, look: Look = this.look): void {
    const { picture, firstUnit } = this.look;
    if (look.picture !== picture || look.firstUnit !== firstUnit) this.lastSlow.clear();
    this.look = look;
    this.panels = new Set(panels);
    this.interval = 1000 / Math.min(30, Math.max(0.2, framesPerSecond));
  }

  /** Where pictures are dear they come less often: training keeps at least two thirds of the time. */
  isDue(now: number): boolean {
    return now - this.last >= Math.max(this.interval, 2 * this.cost);
  }

  /**
   * Data of the visible panels.
   * @param now the clock, in milliseconds. @param training false brings everything, slow panels included.
   */
  async render(now: () => number, training: boolean): Promise<PanelFrame> {
    const start = now();
    const wanted = new Set(this.panels);
    for (const panel of slowPanels) {
      const last = this.lastSlow.get(panel) ?? Number.NEGATIVE_INFINITY;
      if (training && start - last < slowMilliseconds) wanted.delete(panel);
      else if (wanted.has(panel)) this.lastSlow.set(panel, start);
    }
    const frame = await this.collect(wanted);
    this.last = now();
    this.cost = this.last - start;
    return frame;
  }

  private async collect(wanted: ReadonlySet<Panel>): Promise<PanelFrame> {
    const { run } = this;
    const snapshot = run.snapshot();
    const upcoming = run.upcoming();
    const views = await this.views.render(wanted, { values: snapshot, upcoming, look: this.look });
    upcoming.masks.dispose();
    tf.dispose(snapshot as never);
    if (!wanted.has("weights")) return views;
    return { ...views, layers: layerStatistics(run.network, await readWeights(run)) };
  }

  dispose(): void {
    this.views.dispose();
  }
}
