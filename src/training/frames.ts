// What the visible panels need, made no more often than they can draw and than the run can spare the time.
import { findDeadShares, readLayers } from "./layerReadings";
import { LookingBudget } from "./lookingBudget";
import type { TrainingRun } from "./run";
import type { Frame, Look, Panel } from "./telemetry";
import { type Tensor, tf } from "./tensors";
import type { UpcomingStep } from "./upcoming";
import type { Views } from "./views";

/** Least time between two pictures of a panel while training, in milliseconds: as often as the page redraws it. */
const intervals: Readonly<Record<Panel, number>> = {
  boundary: 125,
  curve: 125,
  neurons: 160,
  weights: 125,
  // Large or dear, and they change slowly.
  gallery: 1000,
  report: 1000,
  groups: 1000,
  predictions: 500,
  filters: 1000,
  maps: 1000,
  augmented: 1000,
};
/** A panel is never left waiting for longer, however dear it is. */
const longestWait = 2000;
/** Where a card's answer takes long, frames are at least so many answers apart: training waits for each. */
const answersApart = 4;
/** Units that never fire are looked for at most this often. */
const deadInterval = 1000;
const usualFramesPerSecond = 8;

export type PanelFrame = Omit<Frame, "step" | "epoch" | "stepsPerSecond" | "execution" | "points">;

export class Frames {
  private panels: readonly Panel[] = [];
  private interval = 1000 / usualFramesPerSecond;
  private last = Number.NEGATIVE_INFINITY;
  /** When a panel was last made. */
  private readonly made = new Map<Panel, number>();
  private look: Look = { picture: 0, firstUnit: 0 };
  private lastDead = Number.NEGATIVE_INFINITY;
  private deadShares: Tensor | null = null;
  /** Everything that looks at the run is paid from it, the points of the curves too. */
  readonly budget: LookingBudget;

  /**
   * @param readsAtOnce false on graphics cards, where every read is waited for. @param clockResolution of the clock that
   * moments come from, in milliseconds
   */
  constructor(
    private readonly run: TrainingRun,
    private readonly views: Views,
    private readonly readsAtOnce = true,
    clockResolution = 0,
  ) {
    this.budget = new LookingBudget(clockResolution);
  }

  /** Which panels are visible, how often they may be sent (0.2 to 30 times a second), and what is looked at. */
  watch(panels: readonly Panel[], framesPerSecond: number, look: Look = this.look): void {
    const { picture, firstUnit } = this.look;
    if (look.picture !== picture || look.firstUnit !== firstUnit) this.made.clear();
    this.look = look;
    this.panels = [...new Set(panels)];
    this.interval = 1000 / Math.min(30, Math.max(0.2, framesPerSecond));
  }

  /** Whether a read is waited for: then all of a frame are asked for together. */
  get waitsForReads(): boolean {
    return !this.readsAtOnce;
  }

  /** @param answer milliseconds that a card's answer takes */
  isDue(now: number, answer = 0): boolean {
    return now - this.last >= Math.max(this.interval, answersApart * answer);
  }

  /**
   * Data of the visible panels, as many as the budget allows; those that waited longest come first.
   * @param now the clock, in milliseconds. @param training false brings everything at once. @param answer milliseconds
   * that a card's answer takes by itself, which are not the panels' fault
   */
  async render(now: () => number, training: boolean, answer = 0): Promise<PanelFrame> {
    this.last = now();
    const waited = (panel: Panel) => this.last - (this.made.get(panel) ?? Number.NEGATIVE_INFINITY);
    // The weights at the start are what all later ones are compared with, whoever looks when.
    const opening: readonly Panel[] = this.run.step === 0 && !training ? ["weights"] : [];
    const due = [...new Set([...this.panels, ...opening])]
      .filter((panel) => !training || waited(panel) >= intervals[panel])
      .map((panel) => ({ panel, late: waited(panel) / intervals[panel] }))
      .sort((a, b) => b.late - a.late);
    const subject = new Subject(this.run, this.look);
    const affords = (panel: Panel, time: number) =>
      !training || waited(panel) >= longestWait || this.budget.affords(time);
    const make = (panel: Panel, time: number) => {
      this.made.set(panel, time);
      return this.collect(panel, subject, training, time);
    };
    const parts: PanelFrame[] = [];
    if (this.readsAtOnce) {
      for (const { panel } of due) {
        const start = now();
        if (!affords(panel, start)) continue;
        parts.push(await make(panel, start));
        this.budget.spend(now() - start);
      }
    } else {
      // All are asked for before any is waited for.
      const start = now();
      const asked = due.filter(({ panel }) => affords(panel, start));
      parts.push(...(await Promise.all(asked.map(({ panel }) => make(panel, start)))));
      if (asked.length > 0) this.budget.spend(Math.max(0, now() - start - answer));
    }
    subject.dispose();
    return Object.assign({}, ...parts);
  }

  private async collect(
    panel: Panel,
    subject: Subject,
    training: boolean,
    now: number,
  ): Promise<PanelFrame> {
    if (panel !== "weights") return this.views.render(new Set([panel]), subject);
    if (!training || now - this.lastDead >= deadInterval) {
      this.deadShares?.dispose();
      this.deadShares = findDeadShares(this.run);
      this.lastDead = now;
    }
    return { layers: await readLayers(this.run, this.deadShares) };
  }

  dispose(): void {
    this.views.dispose();
    this.deadShares?.dispose();
    this.deadShares = null;
  }
}

/** The run at one moment; what no panel asks for is never made. */
class Subject {
  private held: ReturnType<TrainingRun["snapshot"]> | null = null;
  private next: UpcomingStep | null = null;

  constructor(
    private readonly run: TrainingRun,
    readonly look: Look,
  ) {}

  get values() {
    this.held ??= this.run.snapshot();
    return this.held;
  }

  get upcoming() {
    this.next ??= this.run.upcoming();
    return this.next;
  }

  dispose(): void {
    this.next?.dispose();
    tf.dispose((this.held ?? []) as never);
  }
}
