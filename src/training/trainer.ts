// Runs training in slices of time: steps, points of the curves, frames for the page, pause and live changes.
import type { Dataset } from "../data/types";
import type { Experiment } from "../experiment/schema";
import { BestMoment } from "./bestMoment";
import { Frames } from "./frames";
import { evaluateFully, type FullMetrics, findJudged, predict } from "./inquiries";
import { Latest } from "./latest";
import { readLayers, readWeights } from "./layerReadings";
import { applyLiveChanges, type RequestedChange } from "./liveChanges";
import { Measurements } from "./measurements";
import { Pace } from "./pace";
import { TrainingRun } from "./run";
import { SliceBudget } from "./sliceBudget";
import type { FoundPictures, Frame, LayerStatistics, LiveChange, Look, Panel } from "./telemetry";
import type { TrainerHost, TrainerOptions, TrainerState, TrainerStatus } from "./trainerTypes";
import { Turns } from "./turns";

import { Views } from "./views";
import type { Sought } from "./views/found";

export type * from "./trainerTypes";

/** Longest time without handling messages, in milliseconds. */
const sliceMilliseconds = 25;
/** A checkpoint is kept only while the loss is below this multiple of the untrained network's. */
const tolerableGrowth = 2;

export class Trainer {
  private readonly run: TrainingRun;
  private readonly measurements: Measurements;
  private readonly frames: Frames;
  private state: TrainerState = "ready";
  private loop: Promise<void> | null = null;
  private stopRequested = false;
  private readonly bestMoment: BestMoment;
  private startNext = false;
  private readonly turns = new Turns();
  /** A frame for what is watched now; training brings its own. */
  private readonly still = new Latest(async () => {
    if (!this.loop) this.host.onFrame(await this.makeFrame());
  });
  private startLoss = Number.POSITIVE_INFINITY;
  private readonly pace = new Pace();
  private readonly budget = new SliceBudget();

  constructor(
    experiment: Experiment,
    dataset: Dataset,
    private readonly host: TrainerHost,
    private readonly options: TrainerOptions,
  ) {
    this.run = new TrainingRun(experiment, dataset, options.maximumTensorBytes);
    this.bestMoment = new BestMoment(this.run);
    this.measurements = new Measurements(this.run, options.everyEpoch ?? false, () =>
      host.breathe(),
    );
    this.frames = new Frames(this.run, new Views(experiment, this.run.network, dataset));
  }

  get status(): TrainerStatus {
    return { state: this.state, step: this.run.step, epoch: this.run.epoch };
  }

  get stepsPerEpoch(): number {
    return this.run.stepsPerEpoch;
  }

  get network() {
    return this.run.network;
  }

  get experiment(): Experiment {
    return this.run.experiment;
  }

  /** Measures step 0 and returns the first frame. */
  async open(): Promise<Frame> {
    this.run.keepCheckpoint();
    await this.measurements.measure();
    const frame = await this.makeFrame();
    this.startLoss = frame.points[0]?.train.loss ?? Number.POSITIVE_INFINITY;
    return frame;
  }

  /** Starts or goes on; returns at once. Progress comes through the host. */
  train(): TrainerStatus {
    if (this.loop && !this.stopRequested && !this.turns.busy) return this.status;
    // Asked for while a pause or a reset is still under way: training follows it.
    if (this.loop || this.turns.busy) this.startNext = true;
    else this.startTraining();
    return this.status;
  }

  /** Stops after the step in progress. */
  async pause(): Promise<TrainerStatus> {
    this.startNext = false;
    await this.halt();
    return this.status;
  }

  /** Trains one step, or to the end of the epoch, and measures. */
  advance(unit: "step" | "epoch"): Promise<TrainerStatus> {
    return this.inTurn(async () => {
      const { step, stepsPerEpoch } = this.run;
      const goal =
        unit === "step" ? step + 1 : (Math.floor(step / stepsPerEpoch) + 1) * stepsPerEpoch;
      this.start(() => goal, true);
      await this.loop;
    });
  }

  /** Back to the same start, with the settings in force now. */
  reset(): Promise<TrainerStatus> {
    return this.inTurn(async () => {
      this.run.reset();
      this.run.keepCheckpoint();
      this.bestMoment.clear();
      this.measurements.clear();
      this.setState("ready");
      await this.measurements.measure();
      this.host.onFrame(await this.makeFrame());
    });
  }

  /**
   * Applies live settings from the next step on.
   * @throws RangeError when a setting is not live or a value is not allowed; nothing is changed then.
   */
  change(changes: readonly RequestedChange[]): LiveChange[] {
    const { experiment, applied } = applyLiveChanges(this.run.experiment, changes, this.run);
    this.run.adopt(experiment);
    this.bestMoment.heed(applied);
    const over = this.run.step >= this.run.totalSteps;
    if (this.state === "finished" && !over) this.setState("paused");
    if (this.state === "paused" && over) this.setState("finished");
    return applied;
  }

  /** Which panels are visible and what is looked at; while paused a frame with them follows at once. */
  async watch(
    panels: readonly Panel[],
    framesPerSecond: number,
    look?: Look,
  ): Promise<TrainerStatus> {
    this.frames.watch(panels, framesPerSecond, look);
    if (!this.loop) await this.still.ask();
    return this.status;
  }

  /** Class probabilities, or values, for raw inputs [count, inputSize]. @throws RangeError on another length. */
  predict(raw: Float32Array): Promise<Float32Array> {
    return predict(this.run, raw);
  }

  /** Validation pictures of a true class and an answer of the network. Training may go on meanwhile. */
  find(sought: Sought): Promise<FoundPictures> {
    return findJudged(this.run, sought, () => this.host.breathe());
  }

  /** Evaluates all three parts in full, test included. Training may go on meanwhile. */
  reveal(): Promise<FullMetrics> {
    return evaluateFully(this.run, () => this.host.breathe());
  }

  /** Flat weights as they stand, [parameterCount]. */
  readWeights(): Promise<Float32Array> {
    return readWeights(this.run);
  }

  /** Statistics of every layer as they stand. */
  readLayers(): Promise<readonly LayerStatistics[]> {
    return readLayers(this.run);
  }

  /** Waits for training to end by itself. */
  async finished(): Promise<TrainerStatus> {
    await this.loop;
    return this.status;
  }

  async dispose(): Promise<void> {
    await this.pause();
    await this.still.settled();
    this.measurements.clear();
    this.bestMoment.clear();
    this.frames.dispose();
    this.run.dispose();
  }

  private async halt(): Promise<void> {
    this.stopRequested = true;
    await this.loop;
  }

  /** Halts, then does the work; works asked for meanwhile wait for their turn. */
  private async inTurn(work: () => Promise<void>): Promise<TrainerStatus> {
    await this.turns.take(async () => {
      await this.halt();
      await work();
    });
    this.followUp();
    return this.status;
  }

  private startTraining(): void {
    if (this.run.step < this.run.totalSteps) this.start(() => this.run.totalSteps, false);
  }

  private start(goal: () => number, measureAtEnd: boolean): void {
    this.stopRequested = false;
    this.loop = this.trainUntil(goal, measureAtEnd).finally(() => {
      this.loop = null;
      this.followUp();
    });
  }

  /** Starts training where it was asked for while something else was under way. */
  private followUp(): void {
    if (!this.startNext || this.loop || this.turns.busy) return;
    this.startNext = false;
    this.startTraining();
  }

  private async trainUntil(goal: () => number, measureAtEnd: boolean): Promise<void> {
    const { run, host } = this;
    this.setState("training");
    this.pace.begin(host.now(), run.step);
    while (!this.stopRequested && run.step < goal()) {
      const outcome = await this.trainSlice(goal, measureAtEnd);
      if (outcome === "diverged") return this.endDiverged();
      if (outcome === "stopped") return this.endStopped();
      if (this.frames.isDue(host.now())) host.onFrame(await this.makeFrame());
      await host.breathe();
    }
    const ended = run.step >= run.totalSteps;
    this.pace.end();
    this.state = ended ? "finished" : "paused";
    host.onFrame(await this.makeFrame());
    host.onStatus(this.status);
  }

  /** Steps for one slice of time. */
  private async trainSlice(
    goal: () => number,
    measureAtEnd: boolean,
  ): Promise<"sound" | "stopped" | "diverged"> {
    const { run, host, options } = this;
    const [start, first] = [host.now(), run.step];
    const budget = run.execution ? this.budget.steps : Number.POSITIVE_INFINITY;
    const isDue = (step: number) =>
      step === run.totalSteps || (measureAtEnd && step === goal()) || this.measurements.isDue(step);
    do {
      if (run.rush(this.unseenSteps(isDue, first + budget)) > 0) continue;
      const due = isDue(run.step + 1);
      if (!run.advance(due, options.readsAtOnce)) return "diverged";
      if (due) await this.measurements.measure();
      if (!due || !this.bestMoment.isWanted) continue;
      if (!(await this.takePoints())) return "diverged";
      if (this.bestMoment.isPast) return "stopped";
    } while (
      !this.stopRequested &&
      run.step < Math.min(goal(), first + budget) &&
      host.now() < start + sliceMilliseconds
    );
    const sound = options.readsAtOnce || Number.isFinite(await run.last.readLoss());
    if (run.execution) this.budget.learn(run.step - first, host.now() - start);
    return (await this.takePoints()) && sound ? "sound" : "diverged";
  }

  /** Steps up to number `end` before the next one that is looked at. */
  private unseenSteps(isDue: (step: number) => boolean, end: number): number {
    if (!this.run.execution) return 0;
    let step = this.run.step;
    while (step < end && !isDue(step + 1)) step++;
    return step - this.run.step;
  }

  /** Reads what was measured; after good points the state is kept. @returns false when something is not finite. */
  private async takePoints(): Promise<boolean> {
    const { sound, all } = await this.measurements.keepSound();
    const last = sound.at(-1);
    if (!all || !last) return all;
    // A loss far above the untrained network's is on its way to infinity: nothing to return to.
    if (last.train.loss <= tolerableGrowth * this.startLoss) this.run.keepCheckpoint();
    if (this.measurements.isDue(last.step)) this.bestMoment.see(last);
    return true;
  }

  private async endStopped(): Promise<void> {
    const { run, host } = this;
    const { epoch } = run;
    const bestEpoch = this.bestMoment.bringBack() ?? epoch;
    this.pace.end();
    this.state = "stopped";
    host.onFrame(await this.makeFrame());
    host.onEarlyStop({ epoch, bestEpoch });
    host.onStatus(this.status);
  }

  private async endDiverged(): Promise<void> {
    const { run, host, options } = this;
    const { step, epoch } = run.failure ?? run;
    const layer = options.readsAtOnce ? await run.findNonFinite() : null;
    await this.measurements.keepSound();
    run.restoreCheckpoint();
    this.pace.end();
    this.state = "diverged";
    host.onFrame(await this.makeFrame());
    host.onDivergence({ step, epoch, quantity: layer ? `weights of ${layer}` : "training loss" });
    host.onStatus(this.status);
  }

  private async makeFrame(): Promise<Frame> {
    const { run, host } = this;
    const points = await this.measurements.take();
    if (this.state === "training") this.pace.update(host.now(), run.step);
    const [step, epoch] = [run.step, run.epoch];
    const panels = await this.frames.render(() => host.now(), this.state === "training");
    const { execution } = run;
    const speed = { stepsPerSecond: this.pace.perSecond, ...(execution && { execution }) };
    return { step, epoch, ...speed, points, ...panels };
  }

  private setState(state: TrainerState): void {
    this.state = state;
    this.host.onStatus(this.status);
  }
}
