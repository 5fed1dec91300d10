// One training run's state: data on the device, network, weights, place in the order of batches. Knows no time and no page.
import type { Dataset } from "../data/types";
import { actingExperiment } from "../experiment/acting";
import type { Experiment } from "../experiment/schema";
import { networkOf } from "./architecture";
import { Batches } from "./batches";
import { DeviceExamples } from "./deviceExamples";
import { averageEpoch } from "./epochAverage";
import type { Evaluator } from "./evaluation";
import { EvaluationModes } from "./evaluationModes";
import { Hyperparameters } from "./hyperparameters";
import { LastStep } from "./lastStep";
import type { Loss } from "./losses";
import { SeededMasks } from "./masks";
import { measuredStep } from "./measuredStep";
import { kernelMask, type Network, type NetworkValues } from "./network";
import { objectiveOf } from "./objective";
import { type RegularizerInputs, regularizerOptionsOf } from "./regularizers";
import { replayHere } from "./replay/here";
import type { StepSource } from "./replay/stepKinds";
import type { StepReplay } from "./replay/stepReplay";
import { stepSourceOf } from "./replay/stepSource";
import { scheduled } from "./schedules";
import { hyperparametersOf } from "./settings";
import { type Checkpoint, cloneState, copyValues, disposeReplaced, initialState } from "./state";
import type { Batch, TrainingState } from "./step";
import { Strengths } from "./strengths";
import type { StepExecution } from "./telemetry";
import { type Tensor, tf, tidy } from "./tensors";
import { UpcomingStep } from "./upcoming";

export class TrainingRun {
  readonly network: Network;
  readonly validation: DeviceExamples;
  readonly stepsPerEpoch: number;
  readonly hyperparameters: Hyperparameters;
  /** 1 for kernels, else 0, [parameterCount]. */
  readonly kernels: Tensor;
  readonly masks: SeededMasks;
  private readonly loss: Loss;
  private readonly modes: EvaluationModes;
  private readonly strengths: Strengths;
  private readonly classWeights: Tensor | null;
  /** The experiment as it acts. */
  private current: Experiment;
  private state: TrainingState;
  private done = 0;
  readonly batches: Batches;
  /** Null where the backend cannot replay recorded steps. */
  private readonly replay: StepReplay | null;
  private readonly source: StepSource;
  /** What is known of the last step. */
  readonly last = new LastStep();
  private failed: { readonly step: number; readonly epoch: number } | null = null;

  /**
   * @param maximumBytes largest single tensor that the backend can hold.
   * @param options replays: false takes every step as usual, also where the backend could replay it.
   */
  constructor(
    private asked: Experiment,
    readonly dataset: Dataset,
    private readonly maximumBytes: number,
    { replays = true } = {},
  ) {
    const experiment = actingExperiment(asked);
    this.current = experiment;
    this.replay = replays ? replayHere() : null;
    this.network = networkOf(experiment);
    this.hyperparameters = new Hyperparameters(hyperparametersOf(experiment), this.replay?.scalars);
    const { loss, held } = objectiveOf(experiment, dataset);
    this.classWeights = held;
    this.loss = loss;
    this.modes = new EvaluationModes(experiment, this.hyperparameters);
    this.strengths = new Strengths(this.network);
    this.validation = new DeviceExamples(dataset, dataset.validation, maximumBytes);
    this.batches = new Batches(experiment, dataset, maximumBytes);
    this.stepsPerEpoch = this.batches.perEpoch;
    this.masks = new SeededMasks(experiment.seed, this.hyperparameters);
    this.kernels = tf.tensor1d(kernelMask(this.network));
    this.source = stepSourceOf(this);
    this.state = initialState(this.network, experiment);
    this.prepare(1);
  }

  /** Settings in force, live changes included. */
  get experiment(): Experiment {
    return this.asked;
  }

  /** Steps done. */
  get step(): number {
    return this.done;
  }

  /** Epochs done, with fraction. */
  get epoch(): number {
    return this.done / this.stepsPerEpoch;
  }

  /** The guarded step that was not taken, or null. */
  get failure(): { readonly step: number; readonly epoch: number } | null {
    return this.failed;
  }

  get totalSteps(): number {
    return this.current.optimizer.epochs * this.stepsPerEpoch;
  }

  /** Flat weights, [parameterCount]. Owned by the run. */
  get weights(): Tensor {
    return this.state.weights;
  }

  /** The training part on the device, as it is without augmentation. */
  get train(): DeviceExamples {
    return this.batches.examples;
  }

  /** How loss and accuracy are measured, in the mode that is set now. */
  get evaluator(): Evaluator {
    const { current: experiment, done, modes, network, loss, hyperparameters } = this;
    const chunk = modes.chunkSize(experiment);
    const mode = (index: number) => modes.of(experiment, done, index);
    return { network, loss, hyperparameters, type: this.dataset.type, chunk, mode };
  }

  /** Factors of penalties, decay and proximal steps, [parameterCount], or null for 1 everywhere. */
  get scope(): Tensor | null {
    return this.strengths.of(this.current);
  }

  /** What regularizers act on, as it stands. */
  get regularized(): RegularizerInputs {
    const { network, weights, scope, hyperparameters, current } = this;
    const options = regularizerOptionsOf(current);
    return { network, weights, factors: scope, hyperparameters, options };
  }

  /** Takes over live settings; they act from the next step on. */
  adopt(experiment: Experiment): void {
    this.asked = experiment;
    this.current = actingExperiment(experiment);
    this.prepare(this.done + 1);
  }

  /** How steps are taken: replayed from a recording, or as usual and why; null where the backend has only one way. */
  get execution(): StepExecution | null {
    return this.replay && { operations: this.replay.operations, reason: this.replay.reason };
  }

  /**
   * One training step. @param measured also computes the norm of the gradient and the update-to-weight ratios.
   * @param guarded looks at the loss before the weights are changed (reads at once: only for cpu and wasm).
   * @returns false when the loss was not finite; the weights are then as they were before the step.
   */
  advance(measured: boolean, guarded = false): boolean {
    const isSafe = !guarded || this.replay?.isGuarded;
    if (isSafe && this.replaySteps(1, measured) === 1) return true;
    if (this.failed) return false;
    const step = this.done + 1;
    this.prepare(step);
    this.masks.prepare(step);
    const batch = this.batches.at(step, this.current);
    const result = tidy(() => this.compute(batch, this.state, measured));
    tf.dispose([batch.inputs, batch.targets]);
    this.masks.dispose();
    this.last.keep(result.loss, result.norm, result.ratios, this.hyperparameters.values);
    if (guarded && !Number.isFinite(result.loss.dataSync()[0])) {
      disposeReplaced(result.state, this.state);
      this.fail(step);
      return false;
    }
    this.replaceState(result.state);
    this.stepTaken(1);
    return true;
  }

  /**
   * Takes up to `count` steps that nobody wants to see one by one, within an epoch. It may end early with a failure.
   * @returns how many were taken: 0 where steps are not replayed.
   */
  rush(count: number): number {
    const left = this.stepsPerEpoch - (this.done % this.stepsPerEpoch);
    return this.replaySteps(Math.min(count, left), false);
  }

  private replaySteps(count: number, measured: boolean): number {
    if (!this.replay || count < 1) return 0;
    const { done, state } = this;
    const taken = this.replay.advance(this.source, state, done + 1, count, measured);
    this.state = taken.state;
    if (!taken.figures) return 0;
    const { loss, norm, ratios } = taken.figures;
    this.last.keep(loss, norm, ratios, this.hyperparameters.values);
    if (taken.count > 0) this.stepTaken(taken.count);
    if (taken.failed) this.fail(this.done + 1);
    return taken.count;
  }

  private fail(step: number): void {
    this.failed = { step, epoch: step / this.stepsPerEpoch };
  }

  private stepTaken(count: number): void {
    this.done += count;
    const { done, stepsPerEpoch } = this;
    if (done % stepsPerEpoch > 0) return;
    this.replaceState(averageEpoch(this.state, this.current, done / stepsPerEpoch));
  }

  /** One step with the masks as they are; leaves the run where it stands. */
  compute(batch: Batch, before: TrainingState, measured: boolean) {
    const { network, loss, scope, current: experiment, hyperparameters, masks } = this;
    const parts = { network, loss, scope, experiment, hyperparameters, masks };
    return measuredStep(parts, batch, before, measured);
  }

  /** The step about to be taken; the caller disposes its masks. */
  upcoming(): UpcomingStep {
    const { network, batches, current } = this;
    const step = this.done + 1;
    const masks = new SeededMasks(current.seed, this.hyperparameters);
    masks.prepare(step);
    return new UpcomingStep(masks, network, batches, current, step);
  }

  /** The values as they stand; the caller disposes them. They stay as they are while training goes on. */
  snapshot(): NetworkValues {
    return copyValues(this.network, this.state.weights, this.state.buffers);
  }

  /** The same with the averaged weights, or null where there are none yet. Running statistics are the live network's: see statistics.ts. */
  averagedSnapshot(): NetworkValues | null {
    const { average, buffers } = this.state;
    return average && copyValues(this.network, average, buffers);
  }

  /** Back to the initial weights and step 0, with the settings in force now. */
  reset(): void {
    this.replaceState(initialState(this.network, this.current));
    this.last.dispose();
    this.failed = null;
    this.done = 0;
    this.adopt(this.asked);
  }

  /** A copy of where the run stands; free it with `forget`. */
  capture(): Checkpoint {
    return { step: this.done, state: cloneState(this.state) };
  }

  /** Returns to a captured state and takes it over. What was known of the last step is of none that led there. */
  returnTo({ step, state }: Checkpoint): void {
    this.replaceState(state);
    this.last.dispose();
    this.failed = null;
    this.done = step;
  }

  /** The test part on the device; the caller disposes it. It is never there while training. */
  openTest(): DeviceExamples {
    return new DeviceExamples(this.dataset, this.dataset.test, this.maximumBytes);
  }

  dispose(): void {
    const held = [this.batches, this.validation, this.hyperparameters, this.masks, this.modes];
    for (const part of [...held, this.strengths, this.last]) part.dispose();
    disposeReplaced(this.state, null);
    this.replay?.dispose();
    tf.dispose([this.kernels, this.classWeights ?? []]);
  }

  /** Sets rates and strengths of a step, schedules included. */
  prepare(step: number): void {
    const { current, stepsPerEpoch, totalSteps } = this;
    const values = hyperparametersOf(current);
    const moment = { step, stepsPerEpoch, totalSteps };
    this.hyperparameters.prepare(scheduled(values, current, moment), step);
  }

  private replaceState(next: TrainingState): void {
    disposeReplaced(this.state, next);
    this.state = next;
  }
}
