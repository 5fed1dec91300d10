// Dropout on activations, inverted: what is kept is scaled up in training, so evaluation is the identity.
import { tf } from "../tensors";
import type { DropoutPlace, Layer } from "./layer";

/**
 * Inverted dropout (Srivastava et al. 2014): in training x · keep / (1 − p), p the probability to drop.
 * The mask comes from the context, so it follows from (seed, step) or from a reference case.
 * @param index number of this dropout layer, counted from the input.
 */
export function dropout(name: string, index: number, place: DropoutPlace): Layer {
  return {
    name,
    role: "dropout",
    parameters: [],
    forward(x, _parameters, { training, masks }) {
      const mask = training ? masks.mask(index, place, x.shape) : null;
      return mask ? tf.mul(x, mask) : x;
    },
  };
}

/** Spatial dropout (Tompson et al. 2015): drops whole maps of x [batch, height, width, channels]. */
export function spatialDropout(name: string, index: number): Layer {
  return {
    name,
    role: "dropout",
    parameters: [],
    forward(x, _parameters, { training, masks }) {
      const [batch, , , channels] = x.shape as [number, number, number, number];
      const mask = training ? masks.mask(index, "spatial", [batch, 1, 1, channels]) : null;
      return mask ? tf.mul(x, mask) : x;
    },
  };
}
