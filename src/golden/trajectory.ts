// Runs a recorded training run through the project's own step and compares everything that it records.
import { batchLoss, type Loss } from "../training/losses";
import {
  evaluationPass,
  forward,
  initialBuffers,
  kernelMask,
  makeNetwork,
  type Network,
  unpack,
} from "../training/network";
import { optimizers } from "../training/optimizers";
import { disposeReplaced } from "../training/state";
import type { TrainingState } from "../training/step";
import { tensorsOf } from "../training/stepValues";
import { type Tensor, type Tensor1D, tf, tidy } from "../training/tensors";
import type { Deviations, Tolerance } from "./deviations";
import { type Family, noteExecution, type RunNotes } from "./family";
import { flattenedChannels, layersOf, unknownLayerParts } from "./layers";
import { fromPyTorch, toPyTorch } from "./layout";
import { notBelow } from "./limits";
import { Readings } from "./readings";
import { lossOf, optionsOf } from "./rule";
import { batchFrom, batchValues, CaseSteps, type TakenStep } from "./steps";
import {
  type GoldenCase,
  isTrainingCase,
  optimizerOf,
  penaltyNames,
  unknownConfiguration,
} from "./trajectoryFormat";

/** What the reference's own float32 and float64 runs differ by at most; 0 where the file does not say. */
function spreadOf({ float32_vs_float64_max_abs: spread }: GoldenCase): number {
  const { weights, base_loss, grad_norm, eval_logits } = spread ?? {};
  return Math.max(
    0,
    ...Object.values(weights ?? {}),
    ...[base_loss, grad_norm, eval_logits].filter((value) => value !== undefined),
  );
}

export const trajectoryFamily: Family = {
  name: "training run",
  recognises: isTrainingCase,
  unsupported: (content) => {
    const held = content as unknown as GoldenCase;
    return [...new Set([...unknownLayerParts(held.layers), ...unknownConfiguration(held)])];
  },
  run: (content, deviations, { trajectory }, notes) => {
    const held = content as unknown as GoldenCase;
    return new CaseRun(held, deviations, notBelow(trajectory, spreadOf(held))).run(notes);
  },
};

class CaseRun {
  private readonly network: Network;
  private readonly loss: Loss;
  private readonly classWeights: Tensor | null;
  private readonly readings = new Readings();
  private readonly kernels: Tensor;
  private readonly steps: CaseSteps;

  constructor(
    private readonly held: GoldenCase,
    private readonly deviations: Deviations,
    private readonly tolerance: Tolerance,
  ) {
    this.network = makeNetwork(layersOf(held));
    const { loss, held: classWeights } = lossOf(held);
    this.loss = loss;
    this.classWeights = classWeights;
    const kernels = tf.tensor1d(kernelMask(this.network));
    this.kernels = kernels;
    this.steps = new CaseSteps(held, {
      network: this.network,
      loss,
      optimizer: optimizerOf(held.config),
      options: optionsOf(held),
      scope: kernels,
      decayScope: held.config.weight_decay_on === "all" ? null : kernels,
    });
  }

  async run(notes: RunNotes): Promise<void> {
    const { held } = this;
    let state = this.initialState();
    try {
      for (let step = 1; step <= held.config.steps; step++) {
        const taken = this.steps.take(state, step);
        state = taken.state;
        this.compareStep(taken, step);
        this.compareSnapshot(state, step);
      }
      await this.readings.read();
      noteExecution(notes, this.steps.execution);
    } finally {
      disposeReplaced(state, null);
      tf.dispose([this.kernels, this.classWeights ?? []]);
      this.steps.dispose();
    }
  }

  private initialState(): TrainingState {
    const { network, held } = this;
    const optimizerState: Record<string, Tensor> = {};
    for (const name of optimizers[optimizerOf(held.config)].stateNames) {
      optimizerState[name] = tf.zeros([network.parameterCount]);
    }
    const buffers = initialBuffers(network);
    for (const name of Object.keys(buffers)) {
      const start = held.init[name];
      if (!start) continue;
      buffers[name]?.dispose();
      buffers[name] = tf.tensor1d(start as number[], "float32");
    }
    const weights = tf.tensor1d(fromPyTorch(network, held.init, flattenedChannels(held)));
    const average = held.config.ema_decay === undefined ? null : tf.clone(weights);
    return { weights, optimizerState, average, averagedFrom: null, buffers };
  }

  private compareStep({ figures, gradient }: TakenStep, step: number): void {
    this.readings.add(figures, (values) => this.compareFigures(values, step));
    const { grads_step1: first } = this.held.float32.trace;
    if (step === 1 && first && gradient) {
      this.compareTensors(gradient, "gradient of NAME at step 1", (name) => first[name]);
    }
    tf.dispose([figures, gradient ?? []]);
  }

  private compareFigures(values: Float32Array, step: number): void {
    const at = (index: number) => values[index] as number;
    const base = at(0);
    const penalties = penaltyNames.map((_, index) => at(1 + index));
    const [dataNorm, norm, zeros] = [0, 1, 2].map((index) => at(1 + penaltyNames.length + index));
    const { trace } = this.held.float32;
    const expect = (what: string, ours: number, theirs: number | undefined) => {
      if (theirs !== undefined) this.compare(`${what}, step ${step}`, [ours], [theirs]);
    };
    expect("base loss", base, trace.base_loss[step - 1]);
    const total = penalties.reduce((sum, penalty) => sum + penalty, base);
    expect("total loss", total, trace.total_loss[step - 1]);
    penaltyNames.forEach((name, index) => {
      expect(`penalty ${name}`, at(1 + index), trace.penalties[name]?.[step - 1]);
    });
    expect("gradient norm of the base loss", dataNorm as number, trace.grad_norm_base[step - 1]);
    expect("gradient norm", norm as number, trace.grad_norm[step - 1]);
    const expectedZeros = trace.exact_zeros_after?.[step - 1];
    if (expectedZeros !== undefined) {
      this.deviations.exact(`exact zeros after step ${step}`, [zeros as number], [expectedZeros]);
    }
  }

  private compareSnapshot(state: TrainingState, step: number): void {
    const snapshot = this.held.float32.snapshots[String(step)];
    if (!snapshot) return;
    this.compareTensors(state.weights, `NAME after step ${step}`, (name) => snapshot[name]);
    for (const [name, buffer] of Object.entries(state.buffers)) {
      this.readings.add(buffer, (values) =>
        this.compare(`${name} after step ${step}`, values, snapshot[name] ?? []),
      );
    }
    const evaluation = this.held.float32.eval_batch0[String(step)];
    const { logits, base_loss: loss, ema_logits, ema_base_loss } = evaluation ?? {};
    this.compareEvaluation(state.weights, state, "", step, logits, loss);
    if (!state.average) return;
    const theirs = (name: string) => snapshot[`ema:${name}`];
    this.compareTensors(state.average, `averaged NAME after step ${step}`, theirs);
    this.compareEvaluation(state.average, state, "averaged ", step, ema_logits, ema_base_loss);
  }

  /** Evaluation mode on the first batch; where the file has no such figures nothing is compared. */
  private compareEvaluation(
    weights: Tensor1D,
    { buffers }: TrainingState,
    whose: string,
    step: number,
    logits: readonly (number | readonly number[])[] | undefined,
    expectedLoss: number | undefined,
  ): void {
    if (!logits || expectedLoss === undefined) return;
    const tensors = tensorsOf(batchValues(this.held, 0));
    const evaluated = tidy(() => {
      const batch = batchFrom(tensors);
      const values = { parameters: unpack(this.network, weights), buffers };
      const outputs = forward(this.network, values, batch.inputs, evaluationPass);
      const loss = batchLoss(this.loss, outputs, batch.targets, this.steps.hyperparameters);
      return tf.concat([tf.reshape(outputs, [-1]), tf.reshape(loss, [1])]);
    });
    this.readings.add(evaluated, (values) => {
      const place = `after step ${step}`;
      this.compare(`${whose}logits ${place}`, values.subarray(0, -1), logits.flat());
      this.compare(`${whose}evaluation loss ${place}`, values.subarray(-1), [expectedLoss]);
    });
    tf.dispose([evaluated, tensors as never]);
  }

  /** Compares a flat vector of all parameters tensor by tensor. @param place with NAME for the tensor's name */
  private compareTensors(
    vector: Tensor,
    place: string,
    theirs: (name: string) => readonly number[] | undefined,
  ): void {
    this.readings.add(vector, (values) => {
      for (const [name, ours] of Object.entries(
        toPyTorch(this.network, values, flattenedChannels(this.held)),
      )) {
        this.compare(place.replace("NAME", name), ours, theirs(name) ?? []);
      }
    });
  }

  private compare(place: string, ours: ArrayLike<number>, theirs: ArrayLike<number>): void {
    this.deviations.compare(place, ours, theirs, this.tolerance);
  }
}
