// Which settings act in an experiment: the conditions of each setting. A setting that is not listed always acts.
import {
  adamKind,
  batchNormalization,
  blocks,
  classification,
  colour,
  convolutionFamily,
  cosine,
  decoupledDecay,
  denseLayers,
  evenClasses,
  exponentialAverage,
  files,
  freeClasses,
  generated,
  groupL1,
  groupNormalization,
  hiddenLayers,
  normalization,
  normalStart,
  notOwnPoints,
  ownPictures,
  ownPoints,
  ownTable,
  pairs,
  patience,
  pictures,
  plainAverage,
  proximalL1,
  type Rule,
  rmsprop,
  sampled,
  scopedStrength,
  someLayer,
  squares,
  strength,
  twoModes,
  unevenClasses,
  velocity,
} from "./conditions";
import { penaltyTerms } from "./hyperparameters";
import type { Experiment, FieldPath } from "./schema";
import { tableFields } from "./sections/table";

type Needs = readonly Rule[];

const block: Needs = [pictures, convolutionFamily, blocks];
const scoped: Needs = [scopedStrength, someLayer];
const table: Needs = [ownTable];
const album: Needs = [ownPictures];
const picture: Needs = [pictures];

/** What must hold for a setting to act, the widest condition first. A setting that is not listed always acts. */
const needs: { readonly [P in FieldPath]?: Needs } = {
  ...Object.fromEntries(penaltyTerms.map(({ name }) => [`regularization.${name}`, [someLayer]])),
  "data.noise": [generated],
  "data.trainSize": [sampled],
  "data.validationSize": [sampled],
  "data.testSize": [sampled],
  "data.mislabelled": [classification, notOwnPoints],
  "data.imbalance": [classification, sampled],
  "data.drawing": [files, sampled, classification, evenClasses],
  "data.fingerprint": table,
  "data.target": table,
  "data.columns": table,
  "data.answers": table,
  "data.missing": table,
  ...Object.fromEntries(Object.keys(tableFields).map((name) => [`data.${name}`, table])),
  "data.points": [ownPoints],
  "data.album": album,
  "data.albumClasses": album,
  "data.albumSide": album,
  "data.albumColours": album,
  "data.classes": [freeClasses],
  "model.family": [pictures, blocks],
  "model.filters": [pictures, convolutionFamily],
  "model.pooling": block,
  "model.head": block,
  "model.activation": [hiddenLayers],
  "model.normalization": [hiddenLayers],
  "model.normalizationGroups": [hiddenLayers, groupNormalization],
  "model.normalizationMomentum": [hiddenLayers, batchNormalization],
  "model.normalizationEpsilon": [hiddenLayers, normalization],
  "model.evaluationMode": [twoModes],
  "model.initialDeviation": [normalStart],
  "regularization.weightDecay": [decoupledDecay, someLayer],
  "regularization.l1ProximalForm": [proximalL1, adamKind, someLayer],
  "regularization.groupL1Scale": [groupL1, someLayer],
  "regularization.scope": scoped,
  "regularization.dropoutHidden": [denseLayers],
  "regularization.dropoutSpatial": block,
  "regularization.dropoutHead": block,
  "regularization.layerMultipliers": [strength],
  "regularization.schedule": [strength, someLayer],
  "augmentation.crop": picture,
  "augmentation.flip": picture,
  "augmentation.brightness": picture,
  "augmentation.contrast": picture,
  "augmentation.saturation": [colour],
  "augmentation.erasing": picture,
  "augmentation.mixup": [classification, pairs],
  "loss.labelSmoothing": [classification],
  "loss.robustness": [classification],
  "loss.classWeights": [classification, unevenClasses],
  "optimizer.momentum": [velocity],
  "optimizer.beta1": [adamKind],
  "optimizer.beta2": [adamKind],
  "optimizer.squareDecay": [rmsprop],
  "optimizer.epsilon": [squares],
  "optimizer.rateFloor": [cosine],
  "averaging.decay": [exponentialAverage],
  "averaging.start": [plainAverage],
  "stopping.metric": [patience, classification],
};

/** The first condition that keeps the setting from acting in this experiment, or null where it acts. */
export function unmetCondition(experiment: Experiment, path: FieldPath): Rule | null {
  return needs[path]?.find((isMet) => !isMet(experiment)) ?? null;
}

/** True when the setting changes something in this experiment. */
export function applies(experiment: Experiment, path: FieldPath): boolean {
  return unmetCondition(experiment, path) === null;
}
