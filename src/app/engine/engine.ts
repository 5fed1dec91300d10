// Keeps one worker in step with the controls: starts runs, sends live changes; what comes back goes to received.ts.
import type { Experiment } from "../../experiment/schema";
import type {
  Calls,
  EngineErrorDescription,
  EventMessage,
  Frame,
  Look,
  PanelName,
  StatusReply,
  TableSummary,
} from "../../worker/protocol";
import { addMarks } from "../logic/marks";
import { usePage } from "../store/page";
import { isOver, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { changesBetween } from "./changes";
import { type Connect, type Connection, describeError } from "./connection";
import { furtherEpochs } from "./furtherEpochs";
import { Panels } from "./panels";
import { Plan } from "./plan";
import { Questions } from "./questions";
import {
  announceStart,
  forgetCurves,
  takeEvent,
  takeFailure,
  takeStart,
  takeStatus,
} from "./received";

/** Seconds that a whole run takes at least where it is to be watched. */
export const watchSeconds = 6;

export class Engine extends Questions {
  /** What the worker has been told; differs from the controls only for moments. */
  private told: Experiment | null = null;
  private startFrame: Frame | null = null;
  /** Frames on their way while a reset is being answered belong to the curves that were wiped. */
  private resetting = false;
  private files: readonly File[] = [];
  private readonly panels = new Panels(() => this.watch());
  private readonly plan = new Plan({
    begin: () => this.begin(),
    sendLive: () => void this.sendLive(),
  });

  constructor(private readonly connect: Connect) {
    super();
  }

  /** Begins to follow the controls. @returns stops */
  follow(): () => void {
    const unsubscribe = useSettings.subscribe((now, before) => {
      if (now.loads !== before.loads) this.plan.newRun(0);
      else if (now.experiment !== before.experiment) this.plan.reconcile(this.told);
    });
    const unfollow = usePage.subscribe((now, before) => {
      if (now.speed !== before.speed) this.tellSpeed();
    });
    const visibility = () => this.panels.notify();
    document.addEventListener("visibilitychange", visibility);
    this.plan.newRun(0);
    return () => {
      unsubscribe();
      unfollow();
      document.removeEventListener("visibilitychange", visibility);
      this.plan.drop();
      this.drop();
    };
  }

  /** The one big button: trains, continues, pauses, or starts over after the last epoch. */
  async toggleTraining(): Promise<void> {
    const run = useRun.getState();
    usePage.getState().setScrub(null);
    if (run.phase !== "live" || run.pending) {
      const wantsTraining = !(run.wantsTraining && run.phase === "starting");
      useRun.setState({ wantsTraining });
      if (run.phase !== "starting" || run.pending) this.begin();
      return;
    }
    if (run.state === "training") return this.command("pause", {});
    await this.sendLive();
    const { epochs } = useSettings.getState().experiment.optimizer;
    if (isOver(useRun.getState(), epochs)) await this.reset();
    await this.command("train", {});
  }

  /** Goes on from where a run ended, with the settings on the controls: as many epochs again, or those that early stopping left. @returns why it cannot, or null */
  async trainOn(): Promise<string | null> {
    const { experiment, change } = useSettings.getState();
    const { phase, pending, state, epoch } = useRun.getState();
    if (phase !== "live" || pending || (state !== "finished" && state !== "stopped")) return null;
    if (epoch >= experiment.optimizer.epochs - 1e-9) {
      const goal = furtherEpochs(experiment, epoch);
      const refused = typeof goal === "string" ? goal : change([["optimizer.epochs", goal]]);
      if (refused !== null) return refused;
    }
    usePage.getState().setScrub(null);
    await this.sendLive();
    await this.command("train", {});
    return null;
  }

  /** Trains from the same initial weights, with the settings on the controls. */
  async startOver(): Promise<void> {
    await this.reset();
    await this.command("train", {});
  }

  async advance(unit: "step" | "epoch"): Promise<void> {
    const { phase, state, pending } = useRun.getState();
    if (phase !== "live" || pending || (state !== "ready" && state !== "paused")) return;
    usePage.getState().setScrub(null);
    await this.command("advance", { unit });
  }

  /** Back to the same initial weights; settings stay as they are on the controls. */
  async reset(): Promise<void> {
    const { phase } = useRun.getState();
    if (phase === "failed") return this.begin();
    if (phase !== "live") return;
    await this.sendLive();
    const connection = this.connection;
    this.resetting = true;
    this.beginnings++;
    usePage.getState().setScrub(null);
    await this.command("reset", {});
    if (connection !== this.connection) return;
    this.resetting = false;
    forgetCurves(this.startFrame);
    this.watch();
  }

  /** Builds the run anew, with files that the user gave or on another backend. */
  restart(files: readonly File[] = this.files): void {
    this.files = files;
    this.begin();
  }

  /** Files for the run that a change of settings is about to begin. */
  give(files: readonly File[]): void {
    this.files = files;
  }

  /** What is in a table, found out by a worker of its own. Rejects where the file is damaged. */
  async inspect(file: File, data: Experiment["data"]): Promise<TableSummary> {
    const connection = this.connect(() => undefined);
    return connection.call("inspect", { file, data }).finally(() => connection.dispose());
  }

  /** Ends a run that is still being built. @param why for the page */
  abandon(why: EngineErrorDescription): void {
    if (useRun.getState().phase === "starting") this.fail(Object.assign(new Error(), why));
  }

  /** Counts a panel as visible. @returns counts it out again */
  show(panel: PanelName): () => void {
    return this.panels.show(panel);
  }

  /** Says which picture or units a panel looks at more closely. */
  look(changes: Partial<Look>): void {
    this.panels.look(changes);
  }

  /** Ends the old worker and starts a new run with the settings on the controls. */
  private begin(): void {
    this.plan.drop();
    this.drop();
    const { experiment } = useSettings.getState();
    announceStart();
    this.told = experiment;
    this.connection = this.connect((event) => this.receive(event));
    void this.start(this.connection, experiment);
  }

  private async start(connection: Connection, experiment: Experiment): Promise<void> {
    try {
      const reply = await connection.call("start", {
        experiment,
        backend: usePage.getState().backend,
        datasetsUrl: new URL("datasets/", document.baseURI).href,
        wasmUrl: new URL("wasm/", document.baseURI).href,
        files: this.files,
      });
      if (connection === this.connection) this.started(reply, experiment);
    } catch (error) {
      if (connection === this.connection) this.fail(error);
    }
  }

  private started(reply: Calls["start"]["reply"], experiment: Experiment): void {
    this.startFrame = reply.frame;
    const { wantsTraining } = useRun.getState();
    usePage.getState().setScrub(null);
    takeStart(reply, experiment);
    this.watch();
    this.tellSpeed();
    void this.sendLive().then(() => (wantsTraining ? this.command("train", {}) : undefined));
  }

  protected override fail(error: unknown): void {
    this.drop();
    takeFailure(describeError(error), useSettings.getState().experiment);
  }

  private drop(): void {
    this.connection?.dispose();
    this.connection = null;
    this.told = null;
    this.resetting = false;
    this.beginnings++;
    useRun.setState({ revealing: false, driftShare: null });
  }

  private receive(event: EventMessage): void {
    if (event.event === "failure")
      this.fail(Object.assign(new Error(event.error.message), event.error));
    else if (event.event !== "frame" || !this.resetting) takeEvent(event);
  }

  private async sendLive(): Promise<void> {
    const { experiment } = useSettings.getState();
    if (!this.told || useRun.getState().phase !== "live") return;
    const changes = changesBetween(this.told, experiment)
      .filter(({ live }) => live)
      .map(({ path, value }) => ({ path, value }));
    if (changes.length === 0) return;
    this.told = experiment;
    const reply = await this.ask("change", { changes });
    if (!reply) return;
    const marks = addMarks(useRun.getState().marks, reply.changes, performance.now());
    useRun.setState({ marks });
    // An opened test set keeps step with how the curves are measured.
    const { state, test } = useRun.getState();
    const isMeasuring = ({ path }: { path: string }) => path === "model.evaluationMode";
    if (test && state !== "training" && reply.changes.some(isMeasuring)) void this.reveal();
    // What panels show of the next step follows the settings; while training the next frame brings it.
    if (useRun.getState().state !== "training") this.watch();
  }

  private watch(): void {
    if (useRun.getState().phase === "live") void this.command("watch", this.panels.request());
  }

  private tellSpeed(): void {
    if (useRun.getState().phase !== "live") return;
    const leastSeconds = usePage.getState().speed === "watch" ? watchSeconds : 0;
    void this.command("follow", { leastSeconds });
  }

  /** A call whose answer is the run's status. */
  private async command<Name extends "train" | "pause" | "advance" | "reset" | "watch" | "follow">(
    name: Name,
    request: Calls[Name]["request"],
  ): Promise<void> {
    const status = await this.ask(name, request);
    if (status) takeStatus(status as StatusReply);
  }
}
