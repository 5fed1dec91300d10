// Registers operations of our own with a backend: several belong together, and a backend that is set up again keeps those it has.
import { tf } from "../tensors";

/** Inputs of an operation by name. */
export type Named<Name extends string> = Readonly<Record<Name, tf.TensorInfo>>;

/** What computes an operation on a backend. */
type Compute<Backend> = (
  backend: Backend,
  inputs: never,
  attributes: never,
) => tf.TensorInfo | tf.TensorInfo[];

/** Registers operations by name; again is harmless. */
export function registerKernels<Backend>(
  backendName: string,
  kernels: Readonly<Record<string, Compute<Backend>>>,
): void {
  for (const [kernelName, compute] of Object.entries(kernels)) {
    if (tf.getKernel(kernelName, backendName)) continue;
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) =>
        compute(backend as Backend, inputs as never, attrs as never),
    });
  }
}
