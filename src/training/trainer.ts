// Runs training in slices of time: steps, points of the curves, frames for the page, pause and live changes.

import type { Dataset } from "../data/types";
import { checkBounds } from "../experiment/bounds";
import {
  type Experiment,
  type FieldPath,
  fieldEntry,
  getValue,
  withValue,
} from "../experiment/schema";
import { checkValue } from "../experiment/validate";
import { isPointDue, stepsBetweenPoints } from "./curveSchedule";
import { Curves, evaluationLimit } from "./curves";
import type { DeviceExamples } from "./deviceExamples";
import { evaluate, partMetrics } from "./evaluation";
import { noMasks } from "./masks";
import { layerStatistics } from "./metrics";
import { forward } from "./network";
import { TrainingRun } from "./run";
import type { CurvePoint, Divergence, Frame, LiveChange, Panel, PartMetrics } from "./telemetry";
import { tf, tidy } from "./tensors";
import { Views } from "./views";
import { scaleInputs } from "./views/scale";

export type TrainerState = "ready" | "training" | "paused" | "finished" | "diverged";

export interface TrainerStatus {
  readonly state: TrainerState;
  readonly step: number;
  readonly epoch: number;
}

/** What the trainer needs from outside: it has no clock and no messages of its own. */
export interface TrainerHost {
  /** Milliseconds from any fixed moment. */
  now(): number;
  /** Lets waiting messages be handled. */
  breathe(): Promise<void>;
  onFrame(frame: Frame): void;
  onStatus(status: TrainerStatus): void;
  onDivergence(divergence: Divergence): void;
}

export interface TrainerOptions {
  /** Largest single tensor that the backend can hold, in bytes. */
  readonly maximumTensorBytes: number;
  /** True where a value can be read without waiting (cpu, wasm): divergence is then seen at the very step. */
  readonly readsAtOnce: boolean;
  /** Points at the end of every epoch instead of the page's schedule. */
  readonly everyEpoch?: boolean;
}

/** Longest time without handling messages, in milliseconds. */
const sliceMilliseconds = 25;
/** Galleries are large and change slowly. */
const galleryMilliseconds = 1000;

export class Trainer {
  private readonly run: TrainingRun;
  private readonly curves: Curves;
  private readonly views: Views;
  private readonly between: number;
  private panels: ReadonlySet<Panel> = new Set();
  private frameMilliseconds = 125;
  private state: TrainerState = "ready";
  private loop: Promise<void> | null = null;
  private stopRequested = false;
  private points: CurvePoint[] = [];
  private lastFrame = 0;
  private lastGallery = Number.NEGATIVE_INFINITY;
  private rate = { since: 0, step: 0, perSecond: 0 };

  constructor(
    experiment: Experiment,
    dataset: Dataset,
    private readonly host: TrainerHost,
    private readonly options: TrainerOptions,
  ) {
    this.run = new TrainingRun(experiment, dataset, options.maximumTensorBytes);
    this.curves = new Curves(this.run, () => host.breathe());
    this.views = new Views(experiment, this.run.network, dataset);
    const { train, validation, stepsPerEpoch, network } = this.run;
    const evaluated =
      Math.min(evaluationLimit, train.count) + Math.min(evaluationLimit, validation.count);
    this.between = options.everyEpoch
      ? stepsPerEpoch
      : stepsBetweenPoints({
          parameters: network.parameterCount,
          batchSize: experiment.optimizer.batchSize,
          stepsPerEpoch,
          epochs: experiment.optimizer.epochs,
          evaluated,
        });
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
    await this.curves.measure();
    return this.makeFrame();
  }

  /** Starts or goes on; returns at once. Progress comes through the host. */
  train(): TrainerStatus {
    if (!this.loop && this.run.step < this.run.totalSteps)
      this.start(() => this.run.totalSteps, false);
    return this.status;
  }

  /** Stops after the step in progress. */
  async pause(): Promise<TrainerStatus> {
    this.stopRequested = true;
    await this.loop;
    return this.status;
  }

  /** Trains one step, or to the end of the epoch, and measures. */
  async advance(unit: "step" | "epoch"): Promise<TrainerStatus> {
    await this.pause();
    const { step, stepsPerEpoch } = this.run;
    const goal =
      unit === "step" ? step + 1 : (Math.floor(step / stepsPerEpoch) + 1) * stepsPerEpoch;
    this.start(() => goal, true);
    await this.loop;
    return this.status;
  }

  /** Back to the same start, with the settings in force now. */
  async reset(): Promise<TrainerStatus> {
    await this.pause();
    this.run.reset();
    this.run.keepCheckpoint();
    this.curves.clear();
    this.points = [];
    this.setState("ready");
    await this.curves.measure();
    this.host.onFrame(await this.makeFrame());
    return this.status;
  }

  /**
   * Applies live settings from the next step on.
   * @throws RangeError when a setting is not live or a value is not allowed; nothing is changed then.
   */
  change(
    changes: readonly { readonly path: FieldPath; readonly value: number | string }[],
  ): LiveChange[] {
    let experiment = this.run.experiment;
    const applied: LiveChange[] = [];
    for (const { path, value } of changes) {
      const entry = fieldEntry(path);
      if (entry.field.effect !== "live")
        throw new RangeError(`${entry.field.label} needs a new run.`);
      const message = checkValue(entry, value);
      if (message) throw new RangeError(message);
      const from = getValue(experiment, path) as number | string;
      if (from === value) continue;
      experiment = withValue(experiment, path, value);
      applied.push({ path, from, to: value, step: this.run.step, epoch: this.run.epoch });
    }
    const problem = checkBounds(experiment)[0];
    if (problem) throw new RangeError(problem);
    this.run.adopt(experiment);
    const goesOn = this.state === "finished" && this.run.step < this.run.totalSteps;
    if (goesOn) this.setState("paused");
    return applied;
  }

  /** Which panels are visible; while paused a frame with them follows at once. */
  async watch(panels: readonly Panel[], framesPerSecond: number): Promise<TrainerStatus> {
    this.panels = new Set(panels);
    this.frameMilliseconds = 1000 / Math.min(30, Math.max(0.2, framesPerSecond));
    if (!this.loop) this.host.onFrame(await this.makeFrame());
    return this.status;
  }

  /** Class probabilities, or values, for raw inputs [count, inputSize]. @throws RangeError on another length. */
  async predict(raw: Float32Array): Promise<Float32Array> {
    const { dataset, network } = this.run;
    if (raw.length === 0 || raw.length % dataset.inputSize !== 0) {
      throw new RangeError(
        `${raw.length} input values: expected a multiple of ${dataset.inputSize}.`,
      );
    }
    const parameters = this.run.parameters();
    const outputs = tidy(() => {
      const inputs = scaleInputs(raw, dataset);
      const values = forward(network, parameters, inputs, { training: false, masks: noMasks });
      return dataset.type === "classification" ? tf.softmax(values as never) : values;
    });
    const result = (await outputs.data()) as Float32Array;
    tf.dispose([parameters, outputs]);
    return result;
  }

  /** Evaluates all three parts in full, test included. Training may go on meanwhile. */
  async reveal(): Promise<{ train: PartMetrics; validation: PartMetrics; test: PartMetrics }> {
    const { run, host } = this;
    const parameters = run.parameters();
    const measure = async (examples: DeviceExamples): Promise<PartMetrics> => {
      const sums = await evaluate(run.evaluator, parameters, examples, examples.count, () =>
        host.breathe(),
      );
      const [loss, correct] = (await sums.data()) as unknown as [number, number];
      sums.dispose();
      return partMetrics(run.evaluator.type, loss, correct, examples.count);
    };
    const test = run.openTest();
    const result = {
      train: await measure(run.train),
      validation: await measure(run.validation),
      test: await measure(test),
    };
    test.dispose();
    tf.dispose(parameters);
    return result;
  }

  /** Flat weights as they stand, [parameterCount]. */
  async readWeights(): Promise<Float32Array> {
    // A copy of the handle: training may replace the weights while a graphics backend still reads them.
    const held = tf.clone(this.run.weights);
    const values = (await held.data()) as Float32Array;
    held.dispose();
    return values;
  }

  /** Waits for training to end by itself. */
  async finished(): Promise<TrainerStatus> {
    await this.loop;
    return this.status;
  }

  async dispose(): Promise<void> {
    await this.pause();
    this.curves.clear();
    this.views.dispose();
    this.run.dispose();
  }

  private start(goal: () => number, measureAtEnd: boolean): void {
    this.stopRequested = false;
    this.loop = this.trainUntil(goal, measureAtEnd).finally(() => {
      this.loop = null;
    });
  }

  private async trainUntil(goal: () => number, measureAtEnd: boolean): Promise<void> {
    const { run, host } = this;
    this.setState("training");
    this.rate = { since: host.now(), step: run.step, perSecond: 0 };
    while (!this.stopRequested && run.step < goal()) {
      const sound = await this.trainSlice(goal, measureAtEnd);
      if (!sound) return this.endDiverged();
      if (host.now() - this.lastFrame >= this.frameMilliseconds)
        host.onFrame(await this.makeFrame());
      await host.breathe();
    }
    const ended = run.step >= run.totalSteps;
    this.rate.perSecond = 0;
    this.lastGallery = Number.NEGATIVE_INFINITY;
    this.state = ended ? "finished" : "paused";
    host.onFrame(await this.makeFrame());
    host.onStatus(this.status);
  }

  /** Steps for one slice of time. @returns false when something is no longer finite. */
  private async trainSlice(goal: () => number, measureAtEnd: boolean): Promise<boolean> {
    const { run, host, options } = this;
    const end = host.now() + sliceMilliseconds;
    do {
      const next = run.step + 1;
      const last = next === run.totalSteps || (measureAtEnd && next === goal());
      const due = last || isPointDue(next, run.stepsPerEpoch, this.between);
      run.advance(due);
      if (options.readsAtOnce && !Number.isFinite(run.readLossNow())) return false;
      if (due) await this.curves.measure();
    } while (!this.stopRequested && run.step < goal() && host.now() < end);
    const sound = options.readsAtOnce || Number.isFinite(await run.readLoss());
    const collected = await this.curves.collect();
    const bad = collected.findIndex(
      (point) => !Number.isFinite(point.train.loss + point.weightNorm),
    );
    this.points.push(...(bad < 0 ? collected : collected.slice(0, bad)));
    if (sound && bad < 0 && collected.length > 0) run.keepCheckpoint();
    return sound && bad < 0;
  }

  private async endDiverged(): Promise<void> {
    const { run, host } = this;
    const { step, epoch } = run;
    const layer = await run.findNonFinite();
    this.curves.clear();
    run.restoreCheckpoint();
    this.rate.perSecond = 0;
    this.state = "diverged";
    host.onFrame(await this.makeFrame());
    host.onDivergence({ step, epoch, quantity: layer ?? "training loss" });
    host.onStatus(this.status);
  }

  private async makeFrame(): Promise<Frame> {
    const { run, host } = this;
    this.points.push(...(await this.curves.collect()));
    const points = this.points;
    this.points = [];
    this.updateRate();
    const wanted = new Set(this.panels);
    if (host.now() - this.lastGallery < galleryMilliseconds) wanted.delete("gallery");
    else if (wanted.has("gallery")) this.lastGallery = host.now();
    const parameters = run.parameters();
    const [step, epoch] = [run.step, run.epoch];
    const panels = await this.views.render(wanted, parameters);
    const layers = wanted.has("weights")
      ? layerStatistics(run.network, await this.readWeights())
      : undefined;
    tf.dispose(parameters);
    this.lastFrame = host.now();
    return {
      step,
      epoch,
      stepsPerSecond: this.rate.perSecond,
      points,
      ...(layers && { layers }),
      ...panels,
    };
  }

  private updateRate(): void {
    if (this.state !== "training") return;
    const now = this.host.now();
    const elapsed = (now - this.rate.since) / 1000;
    if (elapsed < 0.05) return;
    const measured = (this.run.step - this.rate.step) / elapsed;
    const smoothed =
      this.rate.perSecond === 0 ? measured : 0.6 * this.rate.perSecond + 0.4 * measured;
    this.rate = { since: now, step: this.run.step, perSecond: smoothed };
  }

  private setState(state: TrainerState): void {
    this.state = state;
    this.host.onStatus(this.status);
  }
}
