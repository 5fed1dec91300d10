// Runs one reference case through the project's own step and compares everything that it records.
import {
  Hyperparameters,
  type HyperparameterValues,
  neutralHyperparameters,
} from "../hyperparameters";
import { activation, dense, dropout, type Layer, type MaskSource } from "../layers";
import { crossEntropy, type Loss, meanSquaredError } from "../losses";
import { forward, kernelMask, makeNetwork, type Network, unpack } from "../network";
import { momentNames } from "../optimizers";
import { type TrainingRule, type TrainingState, trainStep } from "../step";
import { type Tensor, tf, tidy } from "../tensors";
import { type GoldenCase, isTrainingCase, optimizerOf, unsupportedParts } from "./case";
import { Deviations, type Tolerance } from "./deviations";
import { fromPyTorch, toPyTorch } from "./layout";

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
  await new CaseRun(content, deviations).run();
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
  private readonly hyperparameters = new Hyperparameters(neutralHyperparameters);

  constructor(
    private readonly held: GoldenCase,
    private readonly deviations: Deviations,
  ) {
    this.network = makeNetwork(layersOf(held));
    this.loss = held.config.loss === "mse" ? meanSquaredError : crossEntropy;
  }

  async run(): Promise<void> {
    const { held, network } = this;
    const kernels = tf.tensor1d(kernelMask(network));
    const rule: TrainingRule = {
      network,
      loss: this.loss,
      optimizer: optimizerOf(held.config),
      scope: kernels,
      decayScope: held.config.weight_decay_on === "all" ? null : kernels,
    };
    let state = this.initialState(rule);
    const values = hyperparametersOf(held);
    for (let step = 1; step <= held.config.steps; step++) {
      this.hyperparameters.prepare(values, step);
      const next = await this.step(rule, state, step);
      tf.dispose([state.weights, state.moments as never]);
      state = next;
      await this.compareSnapshot(state, step);
    }
    tf.dispose([state.weights, state.moments as never]);
    kernels.dispose();
    this.hyperparameters.dispose();
  }

  private initialState(rule: TrainingRule): TrainingState {
    const { network, held } = this;
    const moments: Record<string, Tensor> = {};
    for (const name of momentNames(rule.optimizer))
      moments[name] = tf.zeros([network.parameterCount]);
    return { weights: tf.tensor1d(fromPyTorch(network, held.init)), moments };
  }

  private async step(
    rule: TrainingRule,
    state: TrainingState,
    step: number,
  ): Promise<TrainingState> {
    const { held, hyperparameters } = this;
    const batch = this.batch(held.batch_order[step - 1] as number);
    const masks = givenMasks(held, step);
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
    const evaluation = held.float32.eval_batch0[String(step)];
    if (!evaluation) return;
    const batch = this.batch(0);
    const [logits, loss] = tidy(() => {
      const parameters = unpack(network, state.weights);
      const outputs = forward(network, parameters, batch.inputs, {
        training: false,
        masks: noMasks,
      });
      return [outputs, this.loss(outputs, batch.targets)];
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

  /** A fresh pair of tensors; the caller disposes them. */
  private batch(index: number): { inputs: Tensor; targets: Tensor } {
    const { held } = this;
    const batch = held.batches[index];
    if (!batch) throw new RangeError(`Case ${held.case} has no batch ${index}.`);
    const inputs = tf.tensor(batch.x as number[], batch.x_shape as number[], "float32");
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

const noMasks: MaskSource = { mask: () => null };

function layersOf(held: GoldenCase): Layer[] {
  let dropouts = 0;
  return held.layers.map((layer) => {
    if (layer.type === "relu") return activation("relu");
    if (layer.type === "dropout") return dropout(layer.name ?? "dropout", dropouts++, "hidden");
    return dense(
      layer.name ?? "linear",
      layer.in as number,
      layer.out as number,
      layer.bias !== false,
    );
  });
}

function hyperparametersOf(held: GoldenCase): HyperparameterValues {
  const number = (key: string, fallback: number) =>
    (held.config[key] as number | undefined) ?? fallback;
  const decoupled = held.config.optimizer === "adamw";
  const decay = number("weight_decay", 0);
  return {
    ...neutralHyperparameters,
    learningRate: held.config.lr,
    momentum: number("momentum", 0),
    beta1: number("beta1", 0.9),
    beta2: number("beta2", 0.999),
    squareDecay: number("alpha", 0.99),
    epsilon: number("eps", 1e-8),
    weightDecay: decoupled ? decay : 0,
    coupledDecay: decoupled ? 0 : decay,
    l1: number("l1", 0),
    // "full" is Keras' form l2·Σw², without the half of ours.
    l2: number("l2", 0) * (held.config.l2_form === "full" ? 2 : 1),
    l1Proximal: number("prox_l1", 0),
  };
}

/** The masks that the file gives for a step, scaled by 1/(1 − p). */
function givenMasks(held: GoldenCase, step: number): MaskSource {
  const given = held.dropout_masks?.[step - 1];
  if (!given) return noMasks;
  const layers = held.layers.filter((layer) => layer.type === "dropout");
  return {
    mask(index) {
      const layer = layers[index];
      const mask = given[layer?.name ?? ""];
      if (!layer || !mask)
        throw new RangeError(`Case ${held.case} gives no mask for dropout ${index}.`);
      const kept = 1 / (1 - (layer.p as number));
      const values = Float32Array.from(mask.keep, (bit) => (bit === "1" ? kept : 0));
      return tf.tensor(values, mask.shape as number[]);
    },
  };
}
