// Registry of the layers.
export { type Activation, activation } from "./activation";
export { convolution } from "./convolution";
export { dense } from "./dense";
export { dropout, spatialDropout } from "./dropout";
export type * from "./layer";
export { inputNoise } from "./noise";
export {
  batchNormalization,
  groupNormalization,
  layerNormalization,
  rmsNormalization,
} from "./normalization";
export { averagePool, flatten, globalAveragePool, maxPool, unflatten } from "./pooling";
