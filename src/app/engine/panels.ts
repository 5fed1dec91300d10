// Counts which panels are on screen, so that the worker measures only what somebody can see.
import type { Look, PanelName } from "../../worker/protocol";

const framesPerSecond = 8;
/** Enough for the curves while nobody looks. */
const hiddenFramesPerSecond = 1;

export class Panels {
  private readonly shown = new Map<PanelName, number>();
  private queued = false;
  private looked: Look = { picture: 0, firstUnit: 0 };

  constructor(private readonly changed: () => void) {}

  /** Counts a panel in. @returns counts it out again */
  show(panel: PanelName): () => void {
    this.count(panel, 1);
    return () => this.count(panel, -1);
  }

  /** Says what is looked at more closely, in this run and those after it. */
  look(changes: Partial<Look>): void {
    this.looked = { ...this.looked, ...changes };
    this.notify();
  }

  request(): { panels: readonly PanelName[]; framesPerSecond: number; look: Look } {
    const look = this.looked;
    // Nobody sees a hidden page: the curves go on, its pictures wait until it is shown again.
    if (document.hidden) return { panels: [], framesPerSecond: hiddenFramesPerSecond, look };
    const panels = [...this.shown].filter(([, count]) => count > 0).map(([panel]) => panel);
    return { panels, framesPerSecond, look };
  }

  /** Tells of changes at most once per task: tabs switch one panel off and another on. */
  notify(): void {
    if (this.queued) return;
    this.queued = true;
    setTimeout(() => {
      this.queued = false;
      this.changed();
    }, 0);
  }

  private count(panel: PanelName, by: number): void {
    this.shown.set(panel, (this.shown.get(panel) ?? 0) + by);
    this.notify();
  }
}
