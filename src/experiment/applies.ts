// Which settings matter for an experiment: a control that would change nothing is not shown, and its value stays out of links.
import { penaltyTerms } from "./hyperparameters";
import type { Experiment, FieldPath } from "./schema";
import { describeTask } from "./tasks";

type Rule = (experiment: Experiment) => boolean;

const isClassification: Rule = ({ data }) => describeTask(data).type === "classification";
const optimizerIn =
  (...kinds: readonly Experiment["optimizer"]["kind"][]): Rule =>
  ({ optimizer }) =>
    kinds.includes(optimizer.kind);
const isOwnTable: Rule = ({ data }) => data.kind === "ownTable";
const isOwnPoints: Rule = ({ data }) => data.kind === "ownPoints";
const isOwnPictures: Rule = ({ data }) => data.kind === "ownPictures";
/** Examples that were placed or sorted one by one: who did that decides how many there are of which class. */
const isSortedByHand: Rule = (experiment) => isOwnPoints(experiment) || isOwnPictures(experiment);
const isPictures: Rule = ({ data }) => describeTask(data).view === "pictures";
const isConvolutional: Rule = (experiment) =>
  isPictures(experiment) &&
  experiment.model.family === "cnn" &&
  experiment.model.filters.length > 0;
const hasDenseLayers: Rule = ({ model }) => model.hiddenWidths.length > 0;
const hasHiddenLayers: Rule = (experiment) =>
  hasDenseLayers(experiment) || isConvolutional(experiment);
const normalizationIn =
  (...kinds: readonly Experiment["model"]["normalization"][]): Rule =>
  (experiment) =>
    hasHiddenLayers(experiment) && kinds.includes(experiment.model.normalization);
const isColour: Rule = ({ data }) => describeTask(data).inputShape[2] === 3;
/** Where training and evaluation mode differ. */
const hasTwoModes: Rule = (experiment) => {
  const { regularization: r } = experiment;
  return (
    normalizationIn("batch")(experiment) ||
    [
      [r.dropoutInput, true],
      [r.dropoutHidden, hasDenseLayers(experiment)],
      [r.dropoutSpatial + r.dropoutHead, isConvolutional(experiment)],
      [r.dropConnect + r.inputNoise + r.weightNoise, true],
    ].some(([rate, there]) => (rate as number) > 0 && there)
  );
};
/** A regularizer on weights is in force, of those that a strength's own settings are for. */
const regularizes =
  (has: (entry: (typeof penaltyTerms)[number]) => boolean): Rule =>
  (experiment) =>
    penaltyTerms.some(
      (entry) =>
        has(entry) &&
        experiment.regularization[entry.name] > 0 &&
        applies(experiment, `regularization.${entry.name}`),
    );
const usesStrength = regularizes(() => true);
const usesScope = regularizes(({ acts }) => acts === "on parameters");

const rules: { readonly [P in FieldPath]?: Rule } = {
  "data.noise": ({ data }) => describeTask(data).origin === "generated",
  "data.trainSize": (experiment) => !isSortedByHand(experiment),
  "data.validationSize": (experiment) => !isSortedByHand(experiment),
  "data.testSize": (experiment) => !isSortedByHand(experiment),
  "data.mislabelled": (experiment) => isClassification(experiment) && !isOwnPoints(experiment),
  "data.imbalance": (experiment) => isClassification(experiment) && !isSortedByHand(experiment),
  "data.drawing": (experiment) =>
    describeTask(experiment.data).origin === "files" &&
    !isSortedByHand(experiment) &&
    experiment.data.imbalance === 0 &&
    isClassification(experiment),
  "data.fingerprint": isOwnTable,
  "data.target": isOwnTable,
  "data.columns": isOwnTable,
  "data.answers": isOwnTable,
  "data.missing": isOwnTable,
  "data.points": isOwnPoints,
  "data.album": isOwnPictures,
  "data.albumClasses": isOwnPictures,
  "data.albumSide": isOwnPictures,
  "data.albumColours": isOwnPictures,
  "data.classes": ({ data }) => data.kind === "clusters" || data.kind === "ownPoints",
  "model.family": isPictures,
  "model.filters": (experiment) => isPictures(experiment) && experiment.model.family === "cnn",
  "model.pooling": isConvolutional,
  "model.head": isConvolutional,
  "regularization.dropoutSpatial": isConvolutional,
  "regularization.dropoutHead": isConvolutional,
  "model.activation": hasHiddenLayers,
  "model.normalization": hasHiddenLayers,
  "model.normalizationGroups": normalizationIn("group"),
  "model.normalizationMomentum": normalizationIn("batch"),
  "model.normalizationEpsilon": normalizationIn("batch", "layer", "rms", "group"),
  "model.initialDeviation": ({ model }) => model.initialization === "normal",
  // Adam with decoupled decay is AdamW: offering both would give one thing two names.
  "regularization.weightDecay": ({ optimizer }) => optimizer.kind !== "adam",
  "regularization.scope": usesScope,
  "model.evaluationMode": hasTwoModes,
  "regularization.layerMultipliers": usesStrength,
  "augmentation.crop": isPictures,
  "augmentation.flip": isPictures,
  "augmentation.brightness": isPictures,
  "augmentation.contrast": isPictures,
  "augmentation.saturation": isColour,
  "augmentation.erasing": isPictures,
  "augmentation.mixup": isClassification,
  "regularization.dropoutHidden": hasDenseLayers,
  "regularization.l1ProximalForm": (experiment) =>
    experiment.regularization.l1Proximal > 0 && optimizerIn("adam", "adamw")(experiment),
  "regularization.groupL1Scale": ({ regularization }) => regularization.groupL1 > 0,
  "regularization.schedule": usesStrength,
  "loss.labelSmoothing": isClassification,
  "loss.robustness": isClassification,
  "loss.classWeights": isClassification,
  "stopping.metric": (experiment) =>
    experiment.stopping.patience > 0 && isClassification(experiment),
  "averaging.decay": ({ averaging }) => averaging.kind === "ema",
  "averaging.start": ({ averaging }) => averaging.kind === "swa",
  "optimizer.rateFloor": ({ optimizer }) => optimizer.schedule === "cosine",
  "optimizer.momentum": optimizerIn("momentum", "nesterov"),
  "optimizer.beta1": optimizerIn("adam", "adamw"),
  "optimizer.beta2": optimizerIn("adam", "adamw"),
  "optimizer.squareDecay": optimizerIn("rmsprop"),
  "optimizer.epsilon": optimizerIn("rmsprop", "adam", "adamw"),
};

/** True when the setting changes something in this experiment. */
export function applies(experiment: Experiment, path: FieldPath): boolean {
  return rules[path]?.(experiment) ?? true;
}
