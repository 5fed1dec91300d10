// What the visible panels need, made no more often than they can draw.
import { findDeadShares, readLayers } from "./layerReadings";
import type { TrainingRun } from "./run";
import type { Frame, Look, Panel } from "./telemetry";
import { type Tensor, tf } from "./tensors";
import type { Views } from "./views";

/** What is large or dear and changes slowly comes at most this often while training, in milliseconds. */
const slowMilliseconds = 1000;
const slowPanels: ReadonlySet<Panel> = new Set([
  "gallery",
  "report",
  "filters",
  "maps",
  "augmented",
] as const);
const usualFramesPerSecond = 8;

export type PanelFrame = Omit<Frame, "step" | "epoch" | "stepsPerSecond" | "execution" | "points">;

export class Frames {
  private panels: ReadonlySet<Panel> = new Set();
  private interval = 1000 / usualFramesPerSecond;
  private last = Number.NEGATIVE_INFINITY;
  /** When a slow panel was last made. */
  private readonly lastSlow = new Map<Panel, number>();
  private look: Look = { picture: 0, firstUnit: 0 };
  private lastDead = Number.NEGATIVE_INFINITY;
  private deadShares: Tensor | null = null;
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
    const recent = (last: number) => training && start - last < slowMilliseconds;
    for (const panel of slowPanels) {
      if (recent(this.lastSlow.get(panel) ?? Number.NEGATIVE_INFINITY)) wanted.delete(panel);
      else if (wanted.has(panel)) this.lastSlow.set(panel, start);
    }
    if (wanted.has("weights") && !recent(this.lastDead)) {
      this.deadShares?.dispose();
      this.deadShares = findDeadShares(this.run);
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
    const upcoming = run.upcoming();
    const views = await this.views.render(wanted, { values: snapshot, upcoming, look: this.look });
    upcoming.dispose();
    tf.dispose(snapshot as never);
    return wanted.has("weights")
      ? { ...views, layers: await readLayers(run, this.deadShares) }
      : views;
  }

  dispose(): void {
    this.views.dispose();
    this.deadShares?.dispose();
    this.deadShares = null;
  }
}
