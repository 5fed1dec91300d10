// Runs one reference case through the project's own step and compares everything that it records.
import { Hyperparameters, neutralHyperparameters } from "../training/hyperparameters";
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
import { momentNames } from "../training/optimizers";
import { disposeReplaced } from "../training/state";
import { type TrainingRule, type TrainingState, trainStep } from "../training/step";
import { type Tensor, tf, tidy } from "../training/tensors";
import {
  type GoldenCase,
  isTrainingCase,
  optimizerOf,
  type Tensors,
  unsupportedParts,
} from "./case";
import { Deviations, type Tolerance } from "./deviations";
import { fromPyTorch, toPyTorch } from "./layout";
import { hyperparametersAt, layersOf, lossOf, masksAt, proximalOf } from "./rule";

export interface GoldenResult {
  readonly name: string;
  readonly outcome: "pass" | "fail" | "not supported yet";
  /** Largest error relative to tolerance's scale: |ours − theirs| / (|theirs| + absolute/relative). */
  readonly lossError: number;
  readonly weightError: number;
  /** What is missing, or where the largest error lies. */
  readonly detail: string;
}

/** Runs a parsed reference file on the current backend. Never throws for a case it cannot run. */
export async function runGoldenCase(
  name: string,
  content: unknown,
  tolerance: Tolerance,
): Promise<GoldenResult> {
  const notRun = (detail: string): GoldenResult => ({
    name,
    outcome: "not supported yet",
    lossError: Number.NaN,
    weightError: Number.NaN,
    detail,
  });
  if (!isTrainingCase(content)) return notRun("no training trajectory");
  const missing = unsupportedParts(content);
  if (missing.length > 0) return notRun(missing.join(", "));
  const deviations = new Deviations(tolerance);
  try {
    await new CaseRun(content, deviations).run();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ...notRun(detail), outcome: "fail" };
  }
  return {
    name,
    outcome: deviations.passed ? "pass" : "fail",
    lossError: deviations.largest("loss"),
    weightError: deviations.largest("weight"),
    detail: deviations.worst,
  };
}

class CaseRun {
  private readonly network: Network;
  private readonly loss: Loss;
  private readonly classWeights: Tensor | null;
  private readonly hyperparameters = new Hyperparameters(neutralHyperparameters);

  constructor(
    private readonly held: GoldenCase,
    private readonly deviations: Deviations,
  ) {
    this.network = makeNetwork(layersOf(held));
    const { loss, held: classWeights } = lossOf(held);
    this.loss = loss;
    this.classWeights = classWeights;
  }

  async run(): Promise<void> {
    const { held, network } = this;
    const kernels = tf.tensor1d(kernelMask(network));
    const rule: TrainingRule = {
      network,
      loss: this.loss,
      optimizer: optimizerOf(held.config),
      proximal: proximalOf(held),
      scope: kernels,
      decayScope: held.config.weight_decay_on === "all" ? null : kernels,
    };
    let state = this.initialState(rule);
    for (let step = 1; step <= held.config.steps; step++) {
      this.hyperparameters.prepare(hyperparametersAt(held, step), step);
      const next = await this.step(rule, state, step);
      disposeReplaced(state, next);
      state = next;
      await this.compareSnapshot(state, step);
    }
    disposeReplaced(state, null);
    tf.dispose([kernels, this.classWeights ?? []]);
    this.hyperparameters.dispose();
  }

  private initialState(rule: TrainingRule): TrainingState {
    const { network, held } = this;
    const moments: Record<string, Tensor> = {};
    for (const name of momentNames(rule.optimizer)) {
      moments[name] = tf.zeros([network.parameterCount]);
    }
    const buffers = initialBuffers(network);
    for (const name of Object.keys(buffers)) {
      const start = held.init[name];
      if (!start) continue;
      buffers[name]?.dispose();
      buffers[name] = tf.tensor1d(start as number[], "float32");
    }
    const weights = tf.tensor1d(fromPyTorch(network, held.init));
    const average = held.config.ema_decay === undefined ? null : tf.clone(weights);
    return { weights, moments, average, buffers };
  }

  private async step(
    rule: TrainingRule,
    state: TrainingState,
    step: number,
  ): Promise<TrainingState> {
    const { held, hyperparameters } = this;
    const batch = this.batch(held.batch_order[step - 1] as number);
    const masks = masksAt(held, step);
    const { next, report } = tidy(() => {
      const result = trainStep(rule, state, batch, hyperparameters, masks);
      const { dataLoss, penalties, dataGradient, gradient } = result.report;
      const norm = (vector: Tensor) => tf.sqrt(tf.sum(tf.square(vector)));
      const zero = tf.scalar(0);
      const numbers = [
        dataLoss,
        penalties.l1 ?? zero,
        penalties.l2 ?? zero,
        norm(dataGradient),
        norm(gradient),
      ];
      return { next: result.state, report: tf.stack(numbers) };
    });
    const [base, l1, l2, dataNorm, norm] = (await report.data()) as unknown as [
      number,
      number,
      number,
      number,
      number,
    ];
    tf.dispose([report, batch.inputs, batch.targets]);
    const { trace } = held.float32;
    const expect = (what: string, ours: number, theirs: number | undefined) => {
      if (theirs !== undefined)
        this.deviations.add("loss", `${what}, step ${step}`, [ours], [theirs]);
    };
    expect("base loss", base, trace.base_loss[step - 1]);
    expect("total loss", base + l1 + l2, trace.total_loss[step - 1]);
    expect("L1 penalty", l1, trace.penalties.l1?.[step - 1]);
    expect("L2 penalty", l2, trace.penalties.l2?.[step - 1]);
    expect("gradient norm of the base loss", dataNorm, trace.grad_norm_base[step - 1]);
    expect("gradient norm", norm, trace.grad_norm[step - 1]);
    return next;
  }

  private async compareSnapshot(state: TrainingState, step: number): Promise<void> {
    const { held, network } = this;
    const snapshot = held.float32.snapshots[String(step)];
    if (!snapshot) return;
    const ours = toPyTorch(network, (await state.weights.data()) as Float32Array);
    for (const [name, values] of Object.entries(ours)) {
      this.deviations.add("weight", `${name} after step ${step}`, values, snapshot[name] ?? []);
    }
    for (const [name, buffer] of Object.entries(state.buffers)) {
      const values = await buffer.data();
      this.deviations.add("weight", `${name} after step ${step}`, values, snapshot[name] ?? []);
    }
    if (state.average) await this.compareAverage(state.average, snapshot, step);
    const evaluation = held.float32.eval_batch0[String(step)];
    if (!evaluation) return;
    const batch = this.batch(0);
    const [logits, loss] = tidy(() => {
      const values = { parameters: unpack(network, state.weights), buffers: state.buffers };
      const outputs = forward(network, values, batch.inputs, evaluationPass);
      return [outputs, batchLoss(this.loss, outputs, batch.targets, this.hyperparameters)];
    }) as [Tensor, Tensor];
    this.deviations.add(
      "loss",
      `logits after step ${step}`,
      await logits.data(),
      evaluation.logits.flat(),
    );
    this.deviations.add("loss", `evaluation loss after step ${step}`, await loss.data(), [
      evaluation.base_loss,
    ]);
    tf.dispose([logits, loss, batch.inputs, batch.targets]);
  }

  private async compareAverage(average: Tensor, snapshot: Tensors, step: number): Promise<void> {
    const values = toPyTorch(this.network, (await average.data()) as Float32Array);
    for (const [name, ours] of Object.entries(values)) {
      const place = `averaged ${name} after step ${step}`;
      this.deviations.add("weight", place, ours, snapshot[`ema:${name}`] ?? []);
    }
  }

  /** A fresh pair of tensors; the caller disposes them. */
  private batch(index: number): { inputs: Tensor; targets: Tensor } {
    const { held } = this;
    const batch = held.batches[index];
    if (!batch) throw new RangeError(`Case ${held.case} has no batch ${index}.`);
    const inputs = inputsOf(batch);
    if (held.config.loss === "mse") {
      return {
        inputs,
        targets: tf.tensor(batch.y as number[], batch.y_shape as number[], "float32"),
      };
    }
    const classes = held.layers.findLast((layer) => layer.type === "linear")?.out as number;
    const targets = tidy(() =>
      tf.cast(tf.oneHot(tf.tensor1d(batch.y as number[], "int32"), classes), "float32"),
    );
    return { inputs, targets };
  }
}

/** Inputs of a batch; pictures are NCHW in the file and NHWC here. */
function inputsOf({ x, x_shape: shape }: GoldenCase["batches"][number]): Tensor {
  return tidy(() => {
    const given = tf.tensor(x as number[], shape as number[], "float32");
    return shape.length === 4 ? tf.transpose(given, [0, 2, 3, 1]) : given;
  });
}
