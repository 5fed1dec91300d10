// Runs training in slices of time: steps, points of the curves, frames for the page, pause and live changes.
import type { Dataset } from "../data/types";
import type { Experiment } from "../experiment/schema";
import { BestMoment, changesMeasuring } from "./bestMoment";
import { DriftTest } from "./driftTest";
import { FrameMaker } from "./frameMaker";
import { Frames } from "./frames";
import { evaluateFully, type FullMetrics, findJudged, predict } from "./inquiries";
import { LastGood } from "./lastGood";
import { Latest } from "./latest";
import { findNonFinite, readLayers, readWeights } from "./layerReadings";
import { applyLiveChanges, type RequestedChange } from "./liveChanges";
import { Measurements } from "./measurements";
import { TrainingRun } from "./run";
import { Slices } from "./slices";
import type {
  FoundPictures,
  Frame,
  LayerStatistics,
  LiveChange,
  Look,
  PanelName,
} from "./telemetry";
import { Tempo } from "./tempo";
import type { TrainerHost, TrainerOptions, TrainerState, TrainerStatus } from "./trainerTypes";
import { Turns } from "./turns";
import { classGrid } from "./views/classGrid";
import type { Sought } from "./views/found";
import { warmUp } from "./warmUp";

export type * from "./trainerTypes";

export class Trainer {
  private readonly run: TrainingRun;
  private readonly measurements: Measurements;
  private readonly frames: Frames;
  private readonly maker: FrameMaker;
  private state: TrainerState = "ready";
  private loop: Promise<void> | null = null;
  private stopRequested = false;
  private readonly bestMoment: BestMoment;
  private readonly lastGood: LastGood;
  private startNext = false;
  private readonly turns = new Turns();
  private readonly driftTest: DriftTest;
  /** A frame for what is watched now; training brings its own. */
  private readonly still = new Latest(async () => {
    if (!this.loop) this.host.onFrame(await this.makeFrame());
  });
  private readonly slices: Slices;
  private readonly tempo = new Tempo();

  constructor(
    experiment: Experiment,
    dataset: Dataset,
    private readonly host: TrainerHost,
    private readonly options: TrainerOptions,
  ) {
    this.run = new TrainingRun(experiment, dataset, options.maximumTensorBytes);
    this.bestMoment = new BestMoment(this.run);
    this.lastGood = new LastGood(this.run);
    this.driftTest = new DriftTest(this.run, host);
    this.measurements = new Measurements(this.run, options.everyEpoch ?? false, () =>
      host.breathe(),
    );
    this.frames = new Frames(this.run, options.readsAtOnce, options.clockResolution);
    const { run, measurements, bestMoment, lastGood, frames } = this;
    this.maker = new FrameMaker(
      run,
      measurements,
      frames,
      () => host.now(),
      () => this.slices.answerMilliseconds,
      options.clockResolution,
    );
    const parts = { run, measurements, bestMoment, lastGood, looking: frames.budget };
    this.slices = new Slices(parts, host, options);
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

  /** Milliseconds spent so far on looking at the run: points of the curves, panels, frames. */
  get lookingMilliseconds(): number {
    return this.frames.budget.spent;
  }

  /** Measures step 0 and returns the first frame. */
  async open(): Promise<Frame> {
    this.lastGood.begin();
    await this.measurements.measure();
    const frame = await this.makeFrame();
    if (!this.options.readsAtOnce) await warmUp(this.run, this.measurements, this.host.now);
    this.lastGood.startLoss = frame.points[0]?.train.loss ?? Number.POSITIVE_INFINITY;
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
      await this.driftTest.end();
      this.run.reset();
      this.lastGood.begin();
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
    if (!this.loop && applied.some(({ path }) => changesMeasuring.has(path))) {
      void this.measureAgain();
    }
    return applied;
  }

  /** Spreads a whole run over at least so many seconds, so that eyes can follow; 0 is full speed. */
  follow(leastSeconds: number): TrainerStatus {
    this.tempo.set(1000 * leastSeconds, this.host.now(), this.run.step);
    return this.status;
  }

  /** Which panels are visible and what is looked at; while paused a frame with them follows at once. */
  async watch(
    panels: readonly PanelName[],
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

  /** A few training pictures of every class. @throws RangeError where there are none */
  classGrid(): ReturnType<typeof classGrid> {
    return classGrid(this.run.dataset);
  }

  /** Accuracy on corrupted validation pictures; null where it was ended. Training may go on meanwhile. */
  drift(wanted: boolean): ReturnType<DriftTest["ask"]> {
    return this.driftTest.ask(wanted);
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
    await this.turns.take(async () => undefined);
    await this.driftTest.end();
    await this.still.settled();
    this.measurements.clear();
    this.bestMoment.clear();
    this.lastGood.clear();
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

  /** The same weights have other figures now, and while nothing trains no step would measure them. */
  private async measureAgain(): Promise<void> {
    await this.turns.take(async () => {
      if (this.loop) return;
      await this.measurements.measure(true);
      this.host.onFrame(await this.makeFrame());
    });
    this.followUp();
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
    this.maker.pace.begin(host.now(), run.step);
    this.tempo.begin(host.now(), run.step);
    this.frames.budget.begin(host.now(), run.step === 0);
    while (!this.stopRequested && run.step < goal()) {
      const reach = measureAtEnd ? goal() : this.tempo.reach(host.now(), run.totalSteps);
      const isStopped = () => this.stopRequested;
      const outcome = await this.slices.take({ goal, measureAtEnd, reach, isStopped });
      if (outcome === "diverged") return this.endDiverged();
      if (outcome === "stopped") return this.endStopped();
      if (this.frames.isDue(host.now(), this.slices.answerMilliseconds)) {
        const frame = await this.makeFrame();
        await this.slices.paid(async () => host.onFrame(frame));
      }
      const rest = measureAtEnd ? 0 : this.tempo.rest(host.now(), run.step, run.totalSteps);
      await (rest > 0 && host.rest ? host.rest(rest) : host.breathe());
    }
    await this.end(run.step >= run.totalSteps ? "finished" : "paused");
  }

  /** The end of training, whatever led to it: a last frame, then what there is to tell. */
  private async end(state: TrainerState, tell?: () => void): Promise<void> {
    this.maker.pace.end();
    this.state = state;
    this.host.onFrame(await this.makeFrame());
    tell?.();
    this.host.onStatus(this.status);
  }

  private async endStopped(): Promise<void> {
    const { run, host } = this;
    const { epoch } = run;
    const bestEpoch = this.bestMoment.bringBack() ?? epoch;
    await this.end("stopped", () => host.onEarlyStop({ epoch, bestEpoch }));
  }

  private async endDiverged(): Promise<void> {
    const { run, host, options } = this;
    const { step, epoch } = run.failure ?? run;
    const layer = options.readsAtOnce ? await findNonFinite(run) : null;
    await this.slices.takePoints();
    this.lastGood.bringBack();
    const quantity = layer ? `weights of ${layer}` : "training loss";
    const restored = { step: run.step, epoch: run.epoch };
    await this.end("diverged", () => host.onDivergence({ step, epoch, quantity, restored }));
  }

  private makeFrame(): Promise<Frame> {
    return this.maker.make(() => this.state === "training");
  }

  private setState(state: TrainerState): void {
    this.state = state;
    this.host.onStatus(this.status);
  }
}
