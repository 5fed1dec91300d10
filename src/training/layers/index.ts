// Registry of the layers.
export { type Activation, activation } from "./activation";
export { convolution } from "./convolution";
export { dense } from "./dense";
export { dropout } from "./dropout";
export type * from "./layer";
export {
  batchNormalization,
  groupNormalization,
  layerNormalization,
  rmsNormalization,
} from "./normalization";
export { averagePool, flatten, globalAveragePool, maxPool } from "./pooling";
