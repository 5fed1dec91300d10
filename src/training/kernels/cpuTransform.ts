// Moving and mirroring pictures on the cpu backend: the stock kernel returns after the first picture of a batch.
import { tf } from "../tensors";

/** Entries of one transform [a₀ a₁ a₂ b₀ b₁ b₂ c₀ c₁]: output (x, y) shows input ((a₀x + a₁y + a₂)/k, (b₀x + b₁y + b₂)/k), k = c₀x + c₁y + 1. */
const entries = 8;

/** One picture [height, width, channels] by nearest neighbour; `fill` where the input has nothing. */
function transformPicture(
  source: Float32Array,
  target: Float32Array,
  t: Float32Array,
  [height, width, channels]: readonly [number, number, number],
  fill: number,
): void {
  const at = (index: number) => t[index] as number;
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += channels) {
      const k = at(6) * x + at(7) * y + 1;
      const column = Math.round((at(0) * x + at(1) * y + at(2)) / k);
      const row = Math.round((at(3) * x + at(4) * y + at(5)) / k);
      const within = row >= 0 && row < height && column >= 0 && column < width;
      const from = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++) {
        target[to + channel] = within ? (source[from + channel] as number) : fill;
      }
    }
  }
}

interface CpuBackend {
  readonly data: { get(id: object): { values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
}

interface TransformAttributes {
  readonly interpolation: string;
  readonly fillMode: string;
  readonly fillValue: number;
  readonly outputShape?: readonly [number, number];
}

let replaced = false;

/**
 * Replaces Transform on the cpu backend. Only what augmentation needs: the nearest neighbour, a constant around the
 * picture, the same size. Anything else throws, since the stock kernel would silently be wrong.
 */
export function installCpuTransform(): void {
  const stock = tf.getKernel("Transform", "cpu");
  if (!stock || replaced) return;
  replaced = true;
  tf.unregisterKernel("Transform", "cpu");
  tf.registerKernel({
    ...stock,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { image, transforms } = inputs as { image: tf.TensorInfo; transforms: tf.TensorInfo };
      const { interpolation, fillMode, fillValue, outputShape } =
        attrs as unknown as TransformAttributes;
      const [batch, height, width, channels] = image.shape as [number, number, number, number];
      const sameSize = !outputShape || (outputShape[0] === height && outputShape[1] === width);
      if (interpolation !== "nearest" || fillMode !== "constant" || !sameSize) {
        throw new Error(`Transform with ${interpolation} and ${fillMode} is not there on cpu.`);
      }
      const cpu = backend as CpuBackend;
      const valuesOf = (tensor: tf.TensorInfo) => cpu.data.get(tensor.dataId).values;
      const size = height * width * channels;
      const result = new Float32Array(batch * size);
      for (let b = 0; b < batch; b++) {
        const first = transforms.shape[0] === 1 ? 0 : b * entries;
        const part = (values: Float32Array) => values.subarray(b * size, (b + 1) * size);
        const own = valuesOf(transforms).subarray(first, first + entries);
        const shape = [height, width, channels] as const;
        transformPicture(part(valuesOf(image)), part(result), own, shape, fillValue);
      }
      return cpu.makeTensorInfo([batch, height, width, channels], "float32", result);
    },
  });
}
