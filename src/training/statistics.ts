// Running statistics for weights that never trained: averaged weights bring activations that the live network's statistics don't describe.
import type { DeviceExamples } from "./deviceExamples";
import { forward, type Network, type NetworkValues, type PassMode } from "./network";
import { type Tensor, tf, tidy } from "./tensors";

/**
 * Buffers of batch normalization from training examples: the plain mean of the batches' statistics
 * (Izmailov et al. 2018, §3.2; PyTorch's update_bn). Batches that are not full are left out where there are full ones.
 * @param limit most examples looked at. @returns tensors that the caller disposes.
 */
export async function measuredBuffers(
  network: Network,
  values: NetworkValues,
  examples: DeviceExamples,
  { limit, batchSize }: { readonly limit: number; readonly batchSize: number },
  breathe: () => Promise<void>,
): Promise<Readonly<Record<string, Tensor>>> {
  const count = Math.min(limit, examples.count);
  const size = Math.min(batchSize, count);
  const batches = Math.floor(count / size);
  let sums: Record<string, Tensor> = {};
  for (let batch = 0; batch < batches; batch++) {
    if (batch > 0) await breathe();
    const before = sums;
    sums = tidy(() => {
      const found: Record<string, Tensor> = {};
      const mode: PassMode = {
        training: true,
        masks: { mask: () => null },
        statisticsRate: 1,
        onBuffer: (name, value) => {
          const sum = before[name];
          found[name] = sum ? tf.add(sum, value) : value;
        },
      };
      forward(network, values, examples.slice(batch * size, size).inputs, mode);
      return found;
    });
    tf.dispose(before as never);
  }
  const means = tidy(() =>
    Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, tf.div(sum, batches)])),
  );
  tf.dispose(sums as never);
  return means;
}
