// What the visible panels need, made no more often than they can draw and than the run can spare the time.
import { LookingBudget } from "./lookingBudget";
import type { TrainingRun } from "./run";
import type { Look } from "./telemetry";
import { tf } from "./tensors";
import type { UpcomingStep } from "./upcoming";
import {
  panels as allPanels,
  type Panel,
  type PanelContext,
  type PanelData,
  type PanelDefinition,
  type PanelName,
  panelContext,
  type Subject,
} from "./views";

/** A panel is never left waiting for longer, however dear it is. */
const longestWait = 2000;
/** Where a card's answer takes long, frames are at least so many answers apart: training waits for each. */
const answersApart = 4;
const usualFramesPerSecond = 8;

export type PanelFrame = Partial<PanelData>;

/** What the page can watch, by name; tests hand in their own. */
export type Panels = Readonly<Record<string, PanelDefinition<unknown>>>;

export class Frames {
  private watched: readonly PanelName[] = [];
  private interval = 1000 / usualFramesPerSecond;
  private last = Number.NEGATIVE_INFINITY;
  /** When a panel was last made. */
  private readonly made = new Map<PanelName, number>();
  private look: Look = { picture: 0, firstUnit: 0 };
  private readonly context: PanelContext;
  private readonly open = new Map<PanelName, Panel<unknown>>();
  /** Everything that looks at the run is paid from it, the points of the curves too. */
  readonly budget: LookingBudget;

  /**
   * @param readsAtOnce false on graphics cards, where every read is waited for. @param clockResolution of the clock that
   * moments come from, in milliseconds
   */
  constructor(
    private readonly run: TrainingRun,
    private readonly readsAtOnce = true,
    clockResolution = 0,
    private readonly panels: Panels = allPanels,
  ) {
    this.context = panelContext(run);
    this.budget = new LookingBudget(clockResolution);
  }

  /** Which panels are visible, how often they may be sent (0.2 to 30 times a second), and what is looked at. */
  watch(panels: readonly PanelName[], framesPerSecond: number, look: Look = this.look): void {
    const { picture, firstUnit } = this.look;
    if (look.picture !== picture || look.firstUnit !== firstUnit) this.made.clear();
    this.look = look;
    this.watched = [...new Set(panels)];
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
    const waited = (panel: PanelName) =>
      this.last - (this.made.get(panel) ?? Number.NEGATIVE_INFINITY);
    const isOpening = this.run.step === 0 && !training;
    const opening = isOpening ? openingPanels(this.panels) : [];
    const interval = (panel: PanelName) => this.definition(panel).interval;
    const due = [...new Set([...this.watched, ...opening])]
      .filter((panel) => !training || waited(panel) >= interval(panel))
      .map((panel) => ({ panel, late: waited(panel) / interval(panel) }))
      .sort((a, b) => b.late - a.late);
    const subject = new Snapshot(this.run, this.look, training, this.last);
    const affords = (panel: PanelName, time: number) =>
      !training || waited(panel) >= longestWait || this.budget.affords(time);
    const make = (panel: PanelName, time: number) => {
      this.made.set(panel, time);
      return this.measure(panel, subject, time);
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

  private definition(panel: PanelName): PanelDefinition<unknown> {
    return this.panels[panel] as PanelDefinition<unknown>;
  }

  private async measure(panel: PanelName, subject: Snapshot, now: number): Promise<PanelFrame> {
    const definition = this.definition(panel);
    if (!definition.appliesTo(this.context)) return {};
    const open = this.open.get(panel) ?? definition.open(this.context);
    this.open.set(panel, open);
    subject.now = now;
    const data = await open.measure(subject);
    return data === null ? {} : { [panel]: data };
  }

  dispose(): void {
    for (const panel of this.open.values()) panel.dispose?.();
    this.open.clear();
  }
}

const openingPanels = (panels: Panels) =>
  (Object.keys(panels) as PanelName[]).filter((name) => panels[name]?.opening);

/** The run at one moment; what no panel asks for is never made. */
class Snapshot implements Subject {
  private held: ReturnType<TrainingRun["snapshot"]> | null = null;
  private next: UpcomingStep | null = null;

  constructor(
    private readonly run: TrainingRun,
    readonly look: Look,
    readonly training: boolean,
    public now: number,
  ) {}

  get weights() {
    return this.run.weights;
  }

  get updateRatios() {
    return this.run.last.updateRatios;
  }

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
