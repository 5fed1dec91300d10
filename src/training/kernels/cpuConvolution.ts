// Convolutions and their gradients on the cpu backend: the stock kernels look every number up by its indices, fifty times slower.
import { tf } from "../tensors";
import { type CpuBackend, replaceCpuKernel, valuesOf } from "./cpuBackend";

type Shape4D = [number, number, number, number];
type Geometry = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/** What core hands to the kernels. */
interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dilations?: number | [number, number];
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

function geometryOf(
  input: readonly number[],
  filter: readonly number[],
  { strides, pad, dataFormat = "NHWC", dilations = 1, dimRoundingMode }: ConvolutionAttributes,
): Geometry {
  return tf.backend_util.computeConv2DInfo(
    input as Shape4D,
    filter as Shape4D,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    tf.backend_util.convertConv2DDataFormat(dataFormat),
  );
}

const isPlain = ({ dataFormat, dilationHeight, dilationWidth }: Geometry) =>
  dataFormat === "channelsLast" && dilationHeight === 1 && dilationWidth === 1;

/**
 * Visits each entry of the filter at each place of each output, where it falls inside the picture.
 * @param visit receives the offsets of the input's channels, of the filter's entry and of the output's channels
 */
function overTaps(
  geometry: Geometry,
  visit: (input: number, filter: number, output: number) => void,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = geometry;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = geometry;
  let output = 0;
  for (let example = 0; example < batchSize; example++) {
    for (let y = 0; y < outHeight; y++) {
      const top = y * strideHeight - padInfo.top;
      for (let x = 0; x < outWidth; x++, output += outChannels) {
        const left = x * strideWidth - padInfo.left;
        for (let row = Math.max(0, -top); row < filterHeight && top + row < inHeight; row++) {
          const line = (example * inHeight + top + row) * inWidth + left;
          for (
            let column = Math.max(0, -left);
            column < filterWidth && left + column < inWidth;
            column++
          ) {
            const entry = (row * filterWidth + column) * inChannels * outChannels;
            visit((line + column) * inChannels, entry, output);
          }
        }
      }
    }
  }
}

/** y[out] += Σ x[in] · w[in, out] */
function forward(x: Float32Array, w: Float32Array, geometry: Geometry): Float32Array {
  const { inChannels, outChannels, outShape } = geometry;
  const y = new Float32Array(tf.util.sizeFromShape(outShape));
  overTaps(geometry, (input, filter, output) => {
    for (let i = 0, at = filter; i < inChannels; i++) {
      const value = x[input + i] as number;
      for (let o = 0; o < outChannels; o++, at++) {
        y[output + o] = (y[output + o] as number) + value * (w[at] as number);
      }
    }
  });
  return y;
}

/** dx[in] += Σ w[in, out] · dy[out] */
function inputGradient(dy: Float32Array, w: Float32Array, geometry: Geometry): Float32Array {
  const { inChannels, outChannels, inShape } = geometry;
  const dx = new Float32Array(tf.util.sizeFromShape(inShape));
  overTaps(geometry, (input, filter, output) => {
    for (let i = 0, at = filter; i < inChannels; i++) {
      let sum = 0;
      for (let o = 0; o < outChannels; o++, at++) {
        sum += (w[at] as number) * (dy[output + o] as number);
      }
      dx[input + i] = (dx[input + i] as number) + sum;
    }
  });
  return dx;
}

/** dw[in, out] += x[in] · dy[out], over all pictures and places, summed in double precision */
function filterGradient(x: Float32Array, dy: Float32Array, geometry: Geometry): Float32Array {
  const { inChannels, outChannels, filterShape } = geometry;
  const dw = new Float64Array(tf.util.sizeFromShape(filterShape));
  overTaps(geometry, (input, filter, output) => {
    for (let i = 0, at = filter; i < inChannels; i++) {
      const value = x[input + i] as number;
      for (let o = 0; o < outChannels; o++, at++) {
        dw[at] = (dw[at] as number) + value * (dy[output + o] as number);
      }
    }
  });
  return Float32Array.from(dw);
}

type Gradient = (a: Float32Array, b: Float32Array, geometry: Geometry) => Float32Array;

interface Part {
  readonly inputs: readonly [string, string];
  /** Shapes of input and filter, of which one is an attribute in gradients. */
  readonly shapes: (
    inputs: tf.NamedTensorInfoMap,
    attributes: { readonly inputShape: number[]; readonly filterShape: number[] },
  ) => readonly [readonly number[], readonly number[]];
  readonly compute: Gradient;
  readonly result: "outShape" | "inShape" | "filterShape";
}

const shapeOf = (inputs: tf.NamedTensorInfoMap, name: string) =>
  (inputs[name] as tf.TensorInfo).shape;

const parts: Readonly<Record<string, Part>> = {
  Conv2D: {
    inputs: ["x", "filter"],
    shapes: (inputs) => [shapeOf(inputs, "x"), shapeOf(inputs, "filter")],
    compute: forward,
    result: "outShape",
  },
  Conv2DBackpropInput: {
    inputs: ["dy", "filter"],
    shapes: (inputs, { inputShape }) => [inputShape, shapeOf(inputs, "filter")],
    compute: inputGradient,
    result: "inShape",
  },
  Conv2DBackpropFilter: {
    inputs: ["x", "dy"],
    shapes: (inputs, { filterShape }) => [shapeOf(inputs, "x"), filterShape],
    compute: filterGradient,
    result: "filterShape",
  },
};

/** Replaces the three kernels on the cpu backend; what they do not cover is left to the stock ones. */
export function installCpuConvolution(): void {
  for (const [name, { inputs: names, shapes, compute, result }] of Object.entries(parts)) {
    replaceCpuKernel(name, (stock) => (call) => {
      const [input, filter] = shapes(call.inputs, call.attrs as never);
      const geometry = geometryOf(input, filter, call.attrs as never);
      if (!isPlain(geometry)) return stock(call);
      const cpu = call.backend as CpuBackend;
      const [a, b] = names.map((key) => valuesOf(cpu, call.inputs[key] as tf.TensorInfo));
      const values = compute(a as Float32Array, b as Float32Array, geometry);
      return cpu.makeTensorInfo([...geometry[result]], "float32", values);
    });
  }
}
