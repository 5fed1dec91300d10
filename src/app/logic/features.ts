// How much weight the first layer gives each input: the size of its row of the kernel.

/** Euclidean norm of every row of a kernel [inputs, outputs]. */
export function rowNorms(kernel: Float32Array, inputs: number): number[] {
  const outputs = kernel.length / inputs;
  return Array.from({ length: inputs }, (_, input) =>
    Math.hypot(...kernel.subarray(input * outputs, (input + 1) * outputs)),
  );
}
