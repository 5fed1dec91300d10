// Translates a reference case's configuration into this project's network, loss, rule and hyper-parameters.

import { cosine, linear } from "../experiment/schedules";
import { type HyperparameterValues, neutralHyperparameters } from "../training/hyperparameters";
import {
  activation,
  batchNormalization,
  convolution,
  dense,
  dropout,
  globalAveragePool,
  type Layer,
  layerNormalization,
  maxPool,
  rmsNormalization,
} from "../training/layers";
import { crossEntropy, type Loss, meanSquaredError } from "../training/losses";
import { defaultOptions, type RegularizerOptions } from "../training/regularizers";
import type { StepArray } from "../training/stepValues";
import { type Tensor, tf } from "../training/tensors";
import type { GoldenCase, GoldenLayer } from "./trajectoryFormat";

/** The layers of the case, in forward order. */
export function layersOf(held: GoldenCase): Layer[] {
  let dropouts = 0;
  return held.layers.map((layer) => {
    const name = layer.name ?? layer.type;
    const features = layer.n as number;
    switch (layer.type) {
      case "relu":
        return activation("relu");
      case "maxpool2":
        return maxPool(2);
      case "gap":
        return globalAveragePool();
      case "dropout":
        return dropout(name, dropouts++, "hidden");
      case "batchnorm1d":
      case "batchnorm2d":
        return batchNormalization(name, features, layer.momentum, layer.eps);
      case "layernorm":
        return layerNormalization(name, features, layer.eps);
      case "rmsnorm":
        return rmsNormalization(name, features, layer.eps);
      default:
        return productOf(name, layer);
    }
  });
}

function productOf(name: string, layer: GoldenLayer): Layer {
  if (layer.type === "conv2d") {
    const { in: inputs, out: outputs, k, bias } = layer;
    return convolution(name, inputs as number, outputs as number, k, bias !== false);
  }
  return dense(name, layer.in as number, layer.out as number, layer.bias !== false);
}

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
  return { ...defaultOptions, groupL1Scale: config.group_scale === "sqrt_in" ? "sqrt" : "none" };
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
    l1: number("l1", 0),
    // "full" is Keras' form l2·Σw², without the half of ours.
    l2: number("l2", 0) * (config.l2_form === "full" ? 2 : 1),
    l1Proximal: number("prox_l1", 0),
    groupL1: number("prox_group", 0),
    maxNorm: number("max_norm", 0),
    clipNorm: number("clip_norm", 0),
    labelSmoothing: number("label_smoothing", 0),
    averageDecay: number("ema_decay", 0),
  };
}

/**
 * The masks that the file gives for a step, one for each dropout layer, scaled by 1/(1 − p); none where it gives none.
 * @throws RangeError when it gives masks for some dropout layers only
 */
export function maskValuesAt(held: GoldenCase, step: number): readonly StepArray[] {
  const given = held.dropout_masks?.[step - 1];
  if (!given) return [];
  return held.layers
    .filter((layer) => layer.type === "dropout")
    .map((layer, index) => {
      const mask = given[layer.name ?? ""];
      if (!mask) throw new RangeError(`Step ${step} has no mask for dropout ${index}.`);
      const kept = 1 / (1 - (layer.p as number));
      const values = Float32Array.from(mask.keep, (bit) => (bit === "1" ? kept : 0));
      return { values, shape: mask.shape };
    });
}
