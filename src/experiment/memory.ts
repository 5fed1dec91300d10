// How much memory an experiment takes, as far as its settings tell: examples, parameters, activations.
import { countMultiplyAdds, countParameters, layerSizes } from "./bounds";
import type { Experiment } from "./schema";
import { describeTask } from "./tasks";

const bytesPerNumber = 4;
/** Parameters that stay: weights, their moments, what a checkpoint holds. */
const heldParameters = 4;
/** Gradient and temporaries of an update and of its measurement. */
const copiesInUpdate = 13;
/** Values that a unit takes up per example of a batch: output, bent and pooled, and the gradients of all of them. */
const copiesInTraining = 7.5;
/** The same while evaluating, where nothing is kept for a gradient. */
const copiesInEvaluation = 4;
/** GELU is made of several operations, each with a result of its own. */
const furtherOfGelu = { training: 6, evaluation: 3 };
/** So is batch normalization while evaluating. */
const furtherOfBatchNormalization = 3;
/** A batch's inputs: as gathered, and as changed. */
const copiesOfInputs = 2;

/** Bytes of scaled inputs from which a graphics card holds pictures packed, and the processor leaves them bytes. */
export const worthPacking = 64 * 1024 * 1024;

/** Most examples evaluated at once. */
const largestChunk = 512;
/** Multiply-adds after which messages are let in. */
const chunkCost = 2e8;

/** Examples evaluated at once: fewer where one forward pass is expensive. */
export function chunkSize(multiplyAdds: number): number {
  return Math.max(8, Math.min(largestChunk, Math.floor(chunkCost / multiplyAdds)));
}

/** Bytes of all three parts where they were made and on the device. */
function bytesOfExamples({ data }: Experiment): number {
  const { inputSize, view } = describeTask(data);
  const sizes = [data.trainSize, data.validationSize, data.testSize];
  const bytes = sizes.map((size) => {
    const values = size * inputSize;
    if (view !== "pictures") return 2 * bytesPerNumber * values;
    // Pictures are bytes; on the device they are numbers, unless that would be too much.
    return values + Math.min(bytesPerNumber * values, Math.max(values, worthPacking));
  });
  return bytes.reduce((sum, of) => sum + of, 0);
}

/** Bytes while a batch goes forward and back, and while a chunk of a part is evaluated. */
function bytesOfPasses(experiment: Experiment): { training: number; evaluation: number } {
  const { data, model, optimizer } = experiment;
  const units = layerSizes(experiment).reduce(
    (sum, { outputs, places }) => sum + outputs * places,
    0,
  );
  const inputs = copiesOfInputs * describeTask(data).inputSize;
  const bytes = (examples: number, copies: number) =>
    bytesPerNumber * examples * (inputs + units * copies);
  const [gelu, batch] = [model.activation === "gelu", model.normalization === "batch"];
  const copies = {
    training: copiesInTraining + (gelu ? furtherOfGelu.training : 0),
    evaluation:
      copiesInEvaluation +
      (gelu ? furtherOfGelu.evaluation : 0) +
      (batch ? furtherOfBatchNormalization : 0),
  };
  const chunk =
    model.evaluationMode === "training"
      ? optimizer.batchSize
      : chunkSize(countMultiplyAdds(experiment));
  const evaluated = Math.min(chunk, Math.max(data.trainSize, data.validationSize));
  return {
    training: bytes(Math.min(optimizer.batchSize, data.trainSize), copies.training),
    evaluation: bytes(evaluated, copies.evaluation),
  };
}

/**
 * Estimated bytes: what stays, and the most of what is needed for moments. Measured on WASM (memoryEstimate.test.ts) it is
 * off by less than a factor of two.
 */
export function estimateBytes(experiment: Experiment): number {
  const parameters = bytesPerNumber * countParameters(experiment);
  const { training, evaluation } = bytesOfPasses(experiment);
  return (
    bytesOfExamples(experiment) +
    heldParameters * parameters +
    Math.max(copiesInUpdate * parameters, training, evaluation)
  );
}
