// Translates a reference case's configuration into this project's network, loss, rule and hyper-parameters.

import { cosine, linear } from "../experiment/schedules";
import { type HyperparameterValues, neutralHyperparameters } from "../training/hyperparameters";
import { crossEntropy, type Loss, meanSquaredError } from "../training/losses";
import type { RegularizerOptions } from "../training/regularizers";
import { type Tensor, tf } from "../training/tensors";
import { type GoldenCase, penaltyNames } from "./trajectoryFormat";

/** The loss of the case, and the class weights that it holds on to; the caller disposes them. */
export function lossOf({ config }: GoldenCase): { loss: Loss; held: Tensor | null } {
  if (config.loss === "mse") return { loss: meanSquaredError, held: null };
  const weights = config.class_weight as number[] | undefined;
  if (!weights) return { loss: crossEntropy(), held: null };
  const held = tf.tensor1d(weights, "float32");
  const reduction = config.class_weight_reduction === "mean" ? "mean" : "weighted mean";
  return { loss: crossEntropy({ classWeights: held, reduction }), held };
}

export function optionsOf({ config }: GoldenCase): RegularizerOptions {
  return {
    l1ProximalForm: config.prox_form === "preconditioned" ? "preconditioned" : "plain",
    groupL1Scale: config.group_scale === "sqrt_in" ? "sqrt" : "none",
  };
}

interface RateSchedule {
  readonly warmup_steps: number;
  readonly total_steps: number;
  readonly min_lr: number;
}

interface DecaySchedule {
  readonly start: number;
  readonly end: number;
  readonly total_steps: number;
}

function rateAt({ config }: GoldenCase, step: number): number {
  const schedule = config.lr_schedule as RateSchedule | undefined;
  if (!schedule) return config.lr;
  const { warmup_steps: warmUp, total_steps: total, min_lr: floor } = schedule;
  if (step <= warmUp) return (config.lr * step) / warmUp;
  return config.lr * cosine(step, warmUp, total, floor / config.lr);
}

function decayAt({ config }: GoldenCase, step: number): number {
  const schedule = config.wd_schedule as DecaySchedule | undefined;
  if (!schedule) return (config.weight_decay as number | undefined) ?? 0;
  return linear(schedule.start, schedule.end, step, schedule.total_steps);
}

/** The numbers of a step, counted from 1. */
export function hyperparametersAt(held: GoldenCase, step: number): HyperparameterValues {
  const { config } = held;
  const number = (key: string, fallback: number) => (config[key] as number | undefined) ?? fallback;
  const decoupled = config.optimizer === "adamw";
  const decay = decayAt(held, step);
  return {
    ...neutralHyperparameters,
    learningRate: rateAt(held, step),
    momentum: number("momentum", 0),
    beta1: number("beta1", 0.9),
    beta2: number("beta2", 0.999),
    squareDecay: number("alpha", 0.99),
    epsilon: number("eps", 1e-8),
    weightDecay: decoupled ? decay : 0,
    coupledDecay: decoupled ? 0 : decay,
    ...Object.fromEntries(penaltyNames.map((name) => [name, number(name, 0)])),
    // "full" is Keras' form l2·Σw², without the half of ours.
    l2: number("l2", 0) * (config.l2_form === "full" ? 2 : 1),
    l1Proximal: number("prox_l1", 0),
    groupL1: number("prox_group", 0),
    maxNorm: number("max_norm", 0),
    clipNorm: number("clip_norm", 0),
    labelSmoothing: number("label_smoothing", 0),
    robustness: number("gce_q", 0),
    averageDecay: number("ema_decay", 0),
  };
}
