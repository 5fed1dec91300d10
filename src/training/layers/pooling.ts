// Layers without parameters that shrink pictures: pooling over windows or over all, and the step to plain vectors.
import type { Tensor } from "../tensors";
import { tf } from "../tensors";
import type { Layer } from "./layer";

type Pool = (x: Tensor, size: number) => Tensor;

/** A layer that summarizes every full window of size × size; rows and columns left over are dropped. */
function windows(name: string, size: number, pool: Pool): Layer {
  return {
    name,
    parameters: [],
    forward(x) {
      const [, height = 0, width = 0] = x.shape;
      if (height < size || width < size) {
        throw new RangeError(
          `${name}: a picture of ${height}×${width} is smaller than its window of ${size}×${size}.`,
        );
      }
      // The pooling kernels refuse windows of one pixel.
      return size === 1 ? x : pool(x, size);
    },
  };
}

/**
 * Largest value of each window, stride = size,
 * x [batch, height, width, channels] → [batch, ⌊height / size⌋, ⌊width / size⌋, channels].
 */
export function maxPool(size = 2): Layer {
  return windows("maxPool", size, (x, window) => tf.maxPool(x as never, window, window, "valid"));
}

/**
 * Mean of each window, stride = size,
 * x [batch, height, width, channels] → [batch, ⌊height / size⌋, ⌊width / size⌋, channels].
 */
export function averagePool(size = 2): Layer {
  return windows("averagePool", size, (x, window) =>
    tf.avgPool(x as never, window, window, "valid"),
  );
}

/** Mean over all positions, x [batch, height, width, channels] → [batch, channels]. */
export function globalAveragePool(): Layer {
  return { name: "globalAveragePool", parameters: [], forward: (x) => tf.mean(x, [1, 2]) };
}

/** One vector per example, x [batch, …] → [batch, product of the rest], the last axis running fastest. */
export function flatten(): Layer {
  return {
    name: "flatten",
    parameters: [],
    forward: (x) => tf.reshape(x, [x.shape[0] as number, tf.util.sizeFromShape(x.shape.slice(1))]),
  };
}

/** Vectors back to pictures, x [batch, height · width · channels] → [batch, height, width, channels]. */
export function unflatten(shape: readonly number[]): Layer {
  return {
    name: "unflatten",
    parameters: [],
    forward: (x) => tf.reshape(x, [x.shape[0] as number, ...shape]),
  };
}
