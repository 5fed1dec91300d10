// The one door to TensorFlow.js core: operations and their gradients, without backends and without tf.layers.
// The order matters: gradients ask for flags that the core registers.
import "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";

export type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
export * as tf from "@tensorflow/tfjs-core";

import { tidy as untypedTidy } from "@tensorflow/tfjs-core";

/** tf.tidy for any result: everything made inside is freed, except the tensors in what is returned (two levels deep is enough for it). */
export function tidy<T>(body: () => T): T {
  return untypedTidy(body as never) as T;
}
