// Units that never fire: their gradient is 0 as well, so they stay as they are.
import { evaluationPass, forward, type Network, type NetworkValues } from "../network";
import { type Tensor, tf } from "../tensors";

/**
 * Share of the units of each hidden layer whose activation is exactly 0 for every example (and at every place of a map),
 * [hidden layers]. Only ReLU can be dead in this sense. Null for a network without hidden layers.
 * @param inputs [count, …]
 */
export function deadShares(network: Network, values: NetworkValues, inputs: Tensor): Tensor | null {
  const shares: Tensor[] = [];
  forward(network, values, inputs, evaluationPass, (layer, output) => {
    if (layer.role !== "activation") return;
    const axes = output.shape.slice(0, -1).map((_, axis) => axis);
    const largest = tf.max(tf.abs(output), axes);
    shares.push(tf.mean(tf.cast(tf.equal(largest, 0), "float32")));
  });
  return shares.length > 0 ? tf.stack(shares) : null;
}
