// Takes the steps of a recorded run: replayed from a recording of our own where the backend can, operation by operation elsewhere.
import type { RegularizerName } from "../experiment/hyperparameters";
import { mixup } from "../training/augmentation";
import { mixingTables } from "../training/augmentation/tables";
import { Hyperparameters, neutralHyperparameters } from "../training/hyperparameters";
import type { MaskSource } from "../training/layers";
import { omegaByOperations, regularizers } from "../training/regularizers";
import { replayHere } from "../training/replay/here";
import type { StepSource } from "../training/replay/stepKinds";
import { disposeReplaced } from "../training/state";
import { type Batch, type TrainingRule, type TrainingState, trainStep } from "../training/step";
import {
  type StepArray,
  type StepTensors,
  type StepValues,
  tensorsOf,
} from "../training/stepValues";
import { type Tensor, tf, tidy } from "../training/tensors";
import type { Execution } from "./family";
import { maskValuesAt } from "./layers";
import { hyperparametersAt } from "./rule";
import { type GoldenCase, penaltyNames } from "./trajectoryFormat";

/** A batch of the file as numbers; pictures stay as they are there, NCHW. @throws RangeError where the file has no such batch. */
export function batchValues(
  held: GoldenCase,
  index: number,
): Record<"inputs" | "targets", StepArray> {
  const batch = held.batches[index];
  if (!batch) throw new RangeError(`Case ${held.case} has no batch ${index}.`);
  const inputs = { values: Float32Array.from(batch.x), shape: batch.x_shape };
  if (held.config.loss === "mse") {
    return { inputs, targets: { values: Float32Array.from(batch.y), shape: batch.y_shape } };
  }
  const classes = held.layers.findLast((layer) => layer.type === "linear")?.out as number;
  const values = new Float32Array(batch.y.length * classes);
  batch.y.forEach((label, example) => {
    values[example * classes + label] = 1;
  });
  return { inputs, targets: { values, shape: [batch.y.length, classes] } };
}

/** How the file mixes the batch of a step (Zhang et al. 2018); empty where it does not. */
function mixingValues({ config }: GoldenCase, step: number): StepValues {
  const mixup = config.mixup as MixupOfCase | undefined;
  if (!mixup) return {};
  const share = mixup.share[step - 1] as number;
  const partners = Int32Array.from(mixup.order[step - 1] as readonly number[]);
  return mixingTables({ share, partners });
}

/** A batch as the network takes it: images are NHWC here. The caller's tidy frees what it makes. */
export function batchFrom({ inputs, targets, share, partners }: StepTensors): Batch {
  const given = inputs as Tensor;
  const batch = {
    inputs: given.rank === 4 ? tf.transpose(given, [0, 2, 3, 1]) : given,
    targets: targets as Tensor,
  };
  return share && partners ? mixup(batch, share, partners) : batch;
}

interface MixupOfCase {
  readonly share: readonly number[];
  readonly order: readonly (readonly number[])[];
}

const maskName = (index: number) => `mask ${index}`;

/** What a step is compared by. */
export interface TakenStep {
  readonly state: TrainingState;
  /** Data loss, each penalty, norm of the data gradient, norm of the gradient, exact zeros of the kernels; owned by the caller. */
  readonly figures: Tensor;
  /** Flat, owned by the caller; null for a replayed step, which does not hand it out. */
  readonly gradient: Tensor | null;
}

export class CaseSteps {
  readonly hyperparameters: Hyperparameters;
  private readonly replay = replayHere();
  private readonly source: StepSource;
  private replayed = 0;
  private taken = 0;

  constructor(
    private readonly held: GoldenCase,
    private readonly rule: TrainingRule,
  ) {
    this.hyperparameters = new Hyperparameters(neutralHyperparameters, this.replay?.scalars);
    this.source = {
      prepare: (step) => this.hyperparameters.prepare(hyperparametersAt(held, step), step),
      values: (step) => this.valuesAt(step),
      // Operations are left out where a strength is 0.
      key: () => Object.values(this.hyperparameters.values).map(Math.sign).join(),
      compute: () => (tensors, state) => {
        const { gradient, figures, ...result } = this.compute(tensors, state);
        return { ...result, loss: figures, norm: null, ratios: null };
      },
    };
  }

  /** How the steps were taken; null where the backend replays none. */
  get execution(): Execution | null {
    const { replay, replayed, taken } = this;
    return replay && { replayed, taken, reason: replay.reason };
  }

  /** Takes step number `step`, counted from 1. @param state taken over. */
  take(state: TrainingState, step: number): TakenStep {
    this.taken++;
    const ahead = this.replay?.advance(this.source, state, step, 1, true);
    if (ahead?.figures) {
      this.replayed++;
      return { state: ahead.state, figures: ahead.figures.loss, gradient: null };
    }
    const before = ahead?.state ?? state;
    this.source.prepare(step);
    const tensors = tensorsOf(this.valuesAt(step));
    const result = tidy(() => this.compute(tensors, before));
    tf.dispose(tensors as never);
    disposeReplaced(before, result.state);
    return result;
  }

  dispose(): void {
    this.hyperparameters.dispose();
    this.replay?.dispose();
  }

  private valuesAt(step: number): StepValues {
    const masks = maskValuesAt(this.held, step).map((mask, index) => [maskName(index), mask]);
    const batch = batchValues(this.held, this.held.batch_order[step - 1] as number);
    return {
      ...batch,
      ...mixingValues(this.held, step),
      ...(Object.fromEntries(masks) as StepValues),
    };
  }

  private compute(tensors: StepTensors, before: TrainingState) {
    const masks: MaskSource = {
      // Cloned: a layer owns what it is given.
      mask: (index) => {
        const mask = tensors[maskName(index)];
        return mask ? tf.clone(mask) : null;
      },
    };
    const batch = batchFrom(tensors);
    const { state, report } = trainStep(this.rule, before, batch, this.hyperparameters, masks);
    const { dataLoss, dataGradient, gradient } = report;
    const { network, options, scope } = this.rule;
    const { hyperparameters } = this;
    const inputs = { network, options, factors: scope, hyperparameters, weights: before.weights };
    const penalty = (name: RegularizerName<"penalty">) =>
      tf.mul(hyperparameters.tensor(name), omegaByOperations(regularizers[name].omega, inputs));
    const norm = (vector: Tensor) => tf.sqrt(tf.sum(tf.square(vector)));
    const zeros = tf.cast(tf.equal(state.weights, 0), "float32");
    const figures = tf.stack([
      dataLoss,
      ...penaltyNames.map(penalty),
      norm(dataGradient),
      norm(gradient),
      tf.sum(tf.mul(zeros, this.rule.scope as Tensor)),
    ]);
    return { state, figures, gradient };
  }
}
