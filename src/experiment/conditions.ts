// What a setting can need in order to act: one rule for each condition. inert.ts has the words and the change for every one of them.
import { layerSizes } from "./bounds";
import { penaltyTerms } from "./hyperparameters";
import type { Experiment } from "./schema";
import { describeTask } from "./tasks";

export type Rule = (experiment: Experiment) => boolean;

const optimizerIn =
  (...kinds: readonly Experiment["optimizer"]["kind"][]): Rule =>
  ({ optimizer }) =>
    kinds.includes(optimizer.kind);
const dataIn =
  (...kinds: readonly Experiment["data"]["kind"][]): Rule =>
  ({ data }) =>
    kinds.includes(data.kind);
const normalizationIn =
  (...kinds: readonly Experiment["model"]["normalization"][]): Rule =>
  ({ model }) =>
    kinds.includes(model.normalization);

export const pictures: Rule = ({ data }) => describeTask(data).view === "pictures";
const convolutional: Rule = (experiment) =>
  pictures(experiment) && experiment.model.family === "cnn" && experiment.model.filters.length > 0;
export const denseLayers: Rule = ({ model }) => model.hiddenWidths.length > 0;
export const hiddenLayers: Rule = (experiment) =>
  denseLayers(experiment) || convolutional(experiment);
export const generated: Rule = ({ data }) => describeTask(data).origin === "generated";
export const files: Rule = ({ data }) => describeTask(data).origin === "files";
export const classification: Rule = ({ data }) => describeTask(data).type === "classification";
/** Not placed or sorted one by one: who did that decides how many there are of which class. */
export const sampled: Rule = (experiment) => !dataIn("ownPoints", "ownPictures")(experiment);
export const ownTable: Rule = dataIn("ownTable");
export const ownPoints: Rule = dataIn("ownPoints");
export const ownPictures: Rule = dataIn("ownPictures");
export const notOwnPoints: Rule = (experiment) => !dataIn("ownPoints")(experiment);
export const freeClasses: Rule = dataIn("clusters", "ownPoints");
export const evenClasses: Rule = ({ data }) => data.imbalance === 0;
/** Generated classes are equally frequent, but for a remainder and wrong labels. */
export const unevenClasses: Rule = (experiment) =>
  !generated(experiment) ||
  experiment.data.imbalance > 0 ||
  experiment.data.mislabelled > 0 ||
  experiment.data.trainSize % describeTask(experiment.data).outputs > 0;
export const colour: Rule = ({ data }) => describeTask(data).inputShape[2] === 3;
export const blocks: Rule = ({ model }) => model.filters.length > 0;
export const convolutionFamily: Rule = ({ model }) => model.family === "cnn";
export const groupNormalization: Rule = normalizationIn("group");
export const batchNormalization: Rule = normalizationIn("batch");
export const normalization: Rule = normalizationIn("batch", "layer", "rms", "group");
export const normalStart: Rule = ({ model }) => model.initialization === "normal";
/** Where training and evaluation mode differ. */
export const twoModes: Rule = (experiment) => {
  const { regularization: r } = experiment;
  return (
    (normalizationIn("batch")(experiment) && hiddenLayers(experiment)) ||
    r.dropoutInput + r.dropConnect + r.inputNoise + r.weightNoise > 0 ||
    (r.dropoutHidden > 0 && denseLayers(experiment)) ||
    (r.dropoutSpatial + r.dropoutHead > 0 && convolutional(experiment))
  );
};
// Adam with decoupled decay is AdamW: offering both would give one thing two names.
export const decoupledDecay: Rule = ({ optimizer }) => optimizer.kind !== "adam";
/** Factors of 0 for every layer switch decay, penalties and proximal steps off. */
export const someLayer: Rule = (experiment) => {
  const { layerMultipliers } = experiment.regularization;
  const layers = layerSizes(experiment).length;
  return (
    layerMultipliers.length < layers ||
    layerMultipliers.slice(0, layers).some((factor) => factor > 0)
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
        (entry.name !== "weightDecay" || decoupledDecay(experiment)),
    );
export const strength: Rule = regularizes(() => true);
export const scopedStrength: Rule = regularizes(({ acts }) => acts === "on parameters");
export const proximalL1: Rule = ({ regularization }) => regularization.l1Proximal > 0;
export const groupL1: Rule = ({ regularization }) => regularization.groupL1 > 0;
/** No example is mixed with itself. */
export const pairs: Rule = ({ optimizer }) => optimizer.batchSize > 1;
export const patience: Rule = ({ stopping }) => stopping.patience > 0;
export const exponentialAverage: Rule = ({ averaging }) => averaging.kind === "ema";
export const plainAverage: Rule = ({ averaging }) => averaging.kind === "swa";
export const cosine: Rule = ({ optimizer }) => optimizer.schedule === "cosine";
export const velocity: Rule = optimizerIn("momentum", "nesterov");
export const adamKind: Rule = optimizerIn("adam", "adamw");
export const rmsprop: Rule = optimizerIn("rmsprop");
export const squares: Rule = optimizerIn("rmsprop", "adam", "adamw");
