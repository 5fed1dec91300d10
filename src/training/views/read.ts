// One read for several tensors: on a graphics card each read waits for the card anew.
import { type Tensor, tf, tidy } from "../tensors";

/** Values of float32 tensors, each in an array of its own; the tensors are freed. */
export async function readTogether(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  if (tensors.length === 0) return [];
  const joined = tidy(() => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1]))));
  const sizes = tensors.map(({ size }) => size);
  tf.dispose(tensors as Tensor[]);
  const all = (await joined.data()) as Float32Array;
  joined.dispose();
  let end = 0;
  return sizes.map((size) => {
    end += size;
    return all.slice(end - size, end);
  });
}
