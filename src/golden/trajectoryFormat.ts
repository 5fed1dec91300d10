// Reads a reference trajectory (a JSON file made with PyTorch) and checks its shape before anything is run.
import { type RegularizerName, regularizerEntries } from "../experiment/hyperparameters";
import type { OptimizerKind } from "../training/optimizers";

export interface GoldenLayer {
  readonly type: string;
  readonly name?: string;
  readonly in?: number;
  readonly out?: number;
  readonly bias?: boolean;
  readonly p?: number;
  /** Probability to drop an entry of the kernel (DropConnect). */
  readonly dropconnect?: number;
  /** Groups of a group normalization. */
  readonly groups?: number;
  /** Side of a convolution's kernel. */
  readonly k?: number;
  /** Features of a normalization layer. */
  readonly n?: number;
  readonly eps?: number;
  readonly momentum?: number;
}

export interface GoldenConfiguration {
  readonly loss: string;
  readonly optimizer: string;
  readonly steps: number;
  readonly lr: number;
  readonly [key: string]: unknown;
}

interface Trace {
  readonly base_loss: readonly number[];
  readonly total_loss: readonly number[];
  readonly grad_norm_base: readonly number[];
  readonly grad_norm: readonly number[];
  readonly lr?: readonly number[];
  readonly clipped?: readonly number[];
  readonly exact_zeros_after?: readonly number[];
  readonly penalties: Readonly<Record<string, readonly number[]>>;
  /** Of the total loss, before clipping and coupled decay. */
  readonly grads_step1?: Tensors;
}

/** Values by tensor name, flat, in PyTorch's layout. */
export type Tensors = Readonly<Record<string, readonly number[]>>;

export interface GoldenCase {
  readonly case: string;
  readonly config: GoldenConfiguration;
  readonly layers: readonly GoldenLayer[];
  readonly tensors: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly kind: string }>
  >;
  readonly init: Tensors;
  readonly batches: readonly {
    readonly x_shape: readonly number[];
    readonly x: readonly number[];
    readonly y_shape: readonly number[];
    readonly y: readonly number[];
  }[];
  readonly batch_order: readonly number[];
  readonly dropout_masks?: readonly Readonly<
    Record<string, { readonly shape: readonly number[]; readonly keep: string }>
  >[];
  readonly float32: {
    readonly trace: Trace;
    readonly snapshots: Readonly<Record<string, Tensors>>;
    readonly eval_batch0: Readonly<
      Record<
        string,
        {
          readonly logits: readonly (number | readonly number[])[];
          readonly base_loss: number;
          /** With the averaged weights. */
          readonly ema_logits?: readonly (number | readonly number[])[];
          readonly ema_base_loss?: number;
        }
      >
    >;
  };
  readonly float32_vs_float64_max_abs?: {
    readonly weights?: Readonly<Record<string, number>>;
    readonly base_loss?: number;
    readonly grad_norm?: number;
    readonly eval_logits?: number;
  };
}

/** True for a training trajectory; other reference files (metrics, paths) have no batches. */
export function isTrainingCase(value: unknown): value is GoldenCase {
  const held = value as Partial<GoldenCase> | null;
  return (
    typeof held === "object" &&
    held !== null &&
    Array.isArray(held.batches) &&
    Array.isArray(held.layers) &&
    typeof held.config === "object" &&
    typeof held.float32 === "object"
  );
}

/** Penalties in the loss; a case names them like their settings. */
export const penaltyNames = regularizerEntries
  .filter(({ kind }) => kind === "penalty")
  .map(({ name }) => name as RegularizerName<"penalty">);

const knownOptimizers = ["sgd", "adam", "adamw", "rmsprop"];
const knownLosses = ["cross_entropy", "mse"];
const knownKeys = new Set<string>([
  "loss",
  "steps",
  "optimizer",
  "lr",
  "momentum",
  "nesterov",
  "beta1",
  "beta2",
  "alpha",
  "eps",
  "weight_decay",
  "weight_decay_on",
  ...penaltyNames,
  "l2_form",
  "prox_l1",
  "prox_form",
  "prox_group",
  "group_scale",
  "max_norm",
  "ema_decay",
  "clip_norm",
  "label_smoothing",
  "gce_q",
  "mixup",
  "class_weight",
  "class_weight_reduction",
  "lr_schedule",
  "wd_schedule",
]);

/** Fields of the configuration, optimizer and loss that this version does not know; empty when there are none. */
export function unknownConfiguration({ config }: GoldenCase): string[] {
  const missing = Object.keys(config).filter((key) => !knownKeys.has(key));
  if (!knownOptimizers.includes(config.optimizer)) missing.push(config.optimizer);
  if (!knownLosses.includes(config.loss)) missing.push(config.loss);
  return missing;
}

/** The optimizer of the case in this project's names. */
export function optimizerOf(config: GoldenConfiguration): OptimizerKind {
  if (config.optimizer === "sgd" && config.momentum)
    return config.nesterov ? "nesterov" : "momentum";
  return config.optimizer as OptimizerKind;
}
