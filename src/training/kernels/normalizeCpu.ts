// Normalization on the cpu backend: plain loops.
import { tf } from "../tensors";
import { type NormalizeAttributes, normalizeGradientKernel, normalizeKernel } from "./normalize";
import { fillGradients, fillNormalized } from "./normalizeLoops";
import { type Named, registerKernels } from "./register";

interface CpuBackend {
  readonly data: { get(id: object): { values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
}

const values = ({ data }: CpuBackend, { dataId }: tf.TensorInfo) => data.get(dataId).values;

const made = (backend: CpuBackend, shape: readonly number[], held: Float32Array) =>
  backend.makeTensorInfo([...shape], "float32", held);

function forward(
  backend: CpuBackend,
  { x, scale, shift }: Named<"x" | "scale" | "shift">,
  attributes: NormalizeAttributes,
): tf.TensorInfo[] {
  const rows = attributes.examples * attributes.groups;
  const y = new Float32Array(tf.util.sizeFromShape(x.shape));
  const [mean, variance] = [new Float32Array(rows), new Float32Array(rows)];
  const arrays = {
    x: values(backend, x),
    scale: values(backend, scale),
    shift: shift ? values(backend, shift) : null,
  };
  fillNormalized({ ...arrays, y, mean, variance }, attributes);
  return [made(backend, x.shape, y), made(backend, [rows], mean), made(backend, [rows], variance)];
}

type GradientInput = "dy" | "x" | "scale" | "mean" | "variance";

function backward(
  backend: CpuBackend,
  { dy, x, scale, mean, variance }: Named<GradientInput>,
  attributes: NormalizeAttributes,
): tf.TensorInfo[] {
  const dx = new Float32Array(tf.util.sizeFromShape(x.shape));
  const features = attributes.groups * attributes.width;
  const [dScale, dShift] = [new Float32Array(features), new Float32Array(features)];
  const arrays = {
    dy: values(backend, dy),
    x: values(backend, x),
    scale: values(backend, scale),
    mean: values(backend, mean),
    variance: values(backend, variance),
  };
  fillGradients({ ...arrays, dx, dScale, dShift }, attributes);
  return [
    made(backend, x.shape, dx),
    made(backend, [features], dScale),
    made(backend, [features], dShift),
  ];
}

/** Registers the operation and its gradient for the cpu backend; again is harmless. */
export function registerNormalizeCpu(): void {
  registerKernels("cpu", { [normalizeKernel]: forward, [normalizeGradientKernel]: backward });
}
