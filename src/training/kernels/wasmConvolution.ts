// Gradients of convolutions on WASM: the one of the kernel is missing there, and the stock one of the input is slow.
import { tf } from "../tensors";
import { replaceWasmKernel, type WasmBackend } from "./wasmBackend";

type Shape4D = [number, number, number, number];
type Pair = readonly [number, number];
type Geometry = ReturnType<typeof tf.backend_util.computeConv2DInfo>;
type Padding = Parameters<typeof tf.backend_util.computeConv2DInfo>[4];

const tile = 32;

/** What core hands to both gradients. */
interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: Padding;
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

function geometryOf(
  input: readonly number[],
  kernel: readonly number[],
  { strides, pad, dataFormat = "NHWC", dimRoundingMode }: ConvolutionAttributes,
): Geometry {
  return tf.backend_util.computeConv2DInfo(
    input as Shape4D,
    kernel as Shape4D,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    tf.backend_util.convertConv2DDataFormat(dataFormat),
  );
}

/** The forward convolution (XNNPACK), stride 1, zeros added around the pictures. */
function convolve(
  backend: WasmBackend,
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  padding: readonly [rows: Pair, columns: Pair],
): tf.TensorInfo {
  return tf.getKernel("Conv2D", "wasm").kernelFunc({
    inputs: { x, filter },
    attrs: {
      strides: 1,
      dilations: 1,
      pad: [[0, 0], ...padding, [0, 0]] as never,
      dataFormat: "NHWC",
    },
    backend,
  }) as tf.TensorInfo;
}

/** The matrix product (XNNPACK). */
function multiply(backend: WasmBackend, a: tf.TensorInfo, b: tf.TensorInfo): tf.TensorInfo {
  return tf.getKernel("BatchMatMul", "wasm").kernelFunc({
    inputs: { a, b },
    attrs: { transposeA: false, transposeB: false },
    backend,
  }) as tf.TensorInfo;
}

/** [batch, height, width, channels] → [channels, batch, height, width], tile by tile so that both sides stay in the cache. */
function channelsFirst(backend: WasmBackend, x: tf.TensorInfo): tf.TensorInfo {
  const [batch, height, width, channels] = x.shape as Shape4D;
  const result = backend.makeOutput([channels, batch, height, width], "float32");
  // Views are taken after the last allocation: growth of the heap detaches older ones.
  const source = backend.typedArrayFromHeap(x);
  const target = backend.typedArrayFromHeap(result);
  const positions = batch * height * width;
  for (let start = 0; start < positions; start += tile) {
    const end = Math.min(start + tile, positions);
    for (let channel = 0; channel < channels; channel++) {
      for (let i = start; i < end; i++) {
        target[channel * positions + i] = source[i * channels + channel] as number;
      }
    }
  }
  return result;
}

/** Output positions [from, to) along one axis whose input lies inside the picture; the others see padding. */
function inside(offset: number, stride: number, input: number, output: number): Pair {
  const from = Math.min(output, Math.max(0, Math.ceil(-offset / stride)));
  return [from, Math.max(from, Math.min(output, Math.ceil((input - offset) / stride)))];
}

/** What one entry of the kernel sees: input = output · stride + offset, and the output positions inside. */
interface Sight {
  readonly offsets: Pair;
  readonly rows: Pair;
  readonly columns: Pair;
}

function sightOf(row: number, column: number, geometry: Geometry): Sight {
  const { padInfo, strideHeight, strideWidth, inHeight, inWidth, outHeight, outWidth } = geometry;
  const offsets: Pair = [row - padInfo.top, column - padInfo.left];
  return {
    offsets,
    rows: inside(offsets[0], strideHeight, inHeight, outHeight),
    columns: inside(offsets[1], strideWidth, inWidth, outWidth),
  };
}

/** Copies what is seen of every picture: for pictures that keep their size in one piece, else pixel by pixel. */
function copySeen(
  source: Float32Array,
  target: Float32Array,
  { offsets, rows, columns }: Sight,
  geometry: Geometry,
): void {
  const { strideHeight, strideWidth, inHeight, inWidth, outHeight, outWidth } = geometry;
  if (rows[0] === rows[1] || columns[0] === columns[1]) return;
  if (strideHeight * strideWidth === 1 && inHeight === outHeight && inWidth === outWidth) {
    const shift = offsets[0] * inWidth + offsets[1];
    target.set(source.subarray(Math.max(0, shift), source.length + shift), Math.max(0, -shift));
    return;
  }
  const pictures = geometry.batchSize * geometry.inChannels;
  for (let picture = 0; picture < pictures; picture++) {
    for (let row = rows[0]; row < rows[1]; row++) {
      const to = (picture * outHeight + row) * outWidth;
      const from = (picture * inHeight + row * strideHeight + offsets[0]) * inWidth + offsets[1];
      for (let column = columns[0]; column < columns[1]; column++) {
        target[to + column] = source[from + column * strideWidth] as number;
      }
    }
  }
}

/** Puts 0 where padding is seen. */
function clearPadding(target: Float32Array, { rows, columns }: Sight, geometry: Geometry): void {
  const { outHeight, outWidth } = geometry;
  const size = outHeight * outWidth;
  const [left, right] = columns;
  for (let start = 0; start < target.length; start += size) {
    if (rows[0] > 0) target.fill(0, start, start + rows[0] * outWidth);
    if (rows[1] < outHeight) target.fill(0, start + rows[1] * outWidth, start + size);
    for (let row = rows[0]; row < rows[1]; row++) {
      const first = start + row * outWidth;
      for (let column = 0; column < left; column++) target[first + column] = 0;
      for (let column = right; column < outWidth; column++) target[first + column] = 0;
    }
  }
}

/** What one row of the kernel sees: [kernel width · in, batch · output positions]. */
function seenByRow(
  backend: WasmBackend,
  pictures: tf.TensorInfo,
  row: number,
  geometry: Geometry,
): tf.TensorInfo {
  const { filterWidth, inChannels, batchSize, outHeight, outWidth } = geometry;
  const positions = batchSize * outHeight * outWidth;
  const result = backend.makeOutput([filterWidth * inChannels, positions], "float32");
  const source = backend.typedArrayFromHeap(pictures);
  const target = backend.typedArrayFromHeap(result);
  const size = inChannels * positions;
  for (let column = 0; column < filterWidth; column++) {
    const sight = sightOf(row, column, geometry);
    const part = target.subarray(column * size, (column + 1) * size);
    copySeen(source, part, sight, geometry);
    clearPadding(part, sight, geometry);
  }
  return result;
}

/**
 * Gradient of the kernel: its entry (row, column, in, out) is the sum of x · dy over all examples and positions.
 * One matrix product (XNNPACK) for each row of the kernel, which bounds the memory.
 */
function kernelGradient(
  backend: WasmBackend,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  geometry: Geometry,
): tf.TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels } = geometry;
  const gradient = backend.makeOutput(geometry.filterShape, "float32");
  const pictures = channelsFirst(backend, x);
  const errors = { ...dy, shape: [batchSize * outHeight * outWidth, outChannels] };
  for (let row = 0; row < geometry.filterHeight; row++) {
    const seen = seenByRow(backend, pictures, row, geometry);
    const sums = multiply(backend, seen, errors);
    const values = backend.typedArrayFromHeap(sums);
    backend.typedArrayFromHeap(gradient).set(values, row * values.length);
    for (const { dataId } of [seen, sums]) backend.disposeData(dataId);
  }
  backend.disposeData(pictures.dataId);
  return gradient;
}

/** Puts `dy` on the grid that a stride of 1 would have given, with zeros between. */
function spread(
  backend: WasmBackend,
  dy: tf.TensorInfo,
  { strideHeight, strideWidth }: Geometry,
): tf.TensorInfo {
  const [batch, rows, columns, channels] = dy.shape as Shape4D;
  const height = (rows - 1) * strideHeight + 1;
  const width = (columns - 1) * strideWidth + 1;
  const result = backend.makeOutput([batch, height, width, channels], "float32");
  const source = backend.typedArrayFromHeap(dy);
  const target = backend.typedArrayFromHeap(result).fill(0);
  let from = 0;
  for (let example = 0; example < batch; example++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const position = (example * height + row * strideHeight) * width + column * strideWidth;
        target.set(source.subarray(from, from + channels), position * channels);
        from += channels;
      }
    }
  }
  return result;
}

/** The kernel turned by 180°, with input and output channels swapped. */
function rotate(backend: WasmBackend, kernel: tf.TensorInfo): tf.TensorInfo {
  const [height, width, inputs, outputs] = kernel.shape as Shape4D;
  const result = backend.makeOutput([height, width, outputs, inputs], "float32");
  const source = backend.typedArrayFromHeap(kernel);
  const target = backend.typedArrayFromHeap(result);
  const taps = height * width;
  for (let tap = 0; tap < taps; tap++) {
    const from = tap * inputs * outputs;
    const to = (taps - 1 - tap) * inputs * outputs;
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        target[to + o * inputs + i] = source[from + i * outputs + o] as number;
      }
    }
  }
  return result;
}

/** Zeros that the input gradient needs around the spread `dy`; negative where it would have to be cut. */
function paddingOfInputGradient(geometry: Geometry): readonly [rows: Pair, columns: Pair] {
  const side = (kernel: number, steps: number, stride: number, start: number, input: number) => {
    const before = kernel - 1 - start;
    return [before, input - ((steps - 1) * stride + 1 + before - kernel + 1)] as const;
  };
  const { filterHeight, filterWidth, outHeight, outWidth, inHeight, inWidth } = geometry;
  return [
    side(filterHeight, outHeight, geometry.strideHeight, geometry.padInfo.top, inHeight),
    side(filterWidth, outWidth, geometry.strideWidth, geometry.padInfo.left, inWidth),
  ];
}

/** Gradient of the input: the convolution of the spread `dy` with the rotated kernel. */
function inputGradient(
  backend: WasmBackend,
  dy: tf.TensorInfo,
  kernel: tf.TensorInfo,
  geometry: Geometry,
): tf.TensorInfo {
  const strided = geometry.strideHeight > 1 || geometry.strideWidth > 1;
  const pictures = strided ? spread(backend, dy, geometry) : dy;
  const filter = rotate(backend, kernel);
  const gradient = convolve(backend, pictures, filter, paddingOfInputGradient(geometry));
  backend.disposeData(filter.dataId);
  if (strided) backend.disposeData(pictures.dataId);
  return gradient;
}

/** Adds a kernel that the WASM backend lacks; again is harmless. */
function addWasmKernel(kernelName: string, kernelFunc: tf.KernelFunc): void {
  if (tf.getKernel(kernelName, "wasm")) return;
  tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
}

/** Adds Conv2DBackpropFilter to the WASM backend and replaces Conv2DBackpropInput. */
export function installWasmConvolution(): void {
  addWasmKernel("Conv2DBackpropFilter", ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as { x: tf.TensorInfo; dy: tf.TensorInfo };
    const { filterShape, ...rest } = attrs as unknown as ConvolutionAttributes & {
      filterShape: number[];
    };
    const geometry = geometryOf(x.shape, filterShape, rest);
    return kernelGradient(backend as WasmBackend, x, dy, geometry);
  });
  replaceWasmKernel("Conv2DBackpropInput", (stock) => ({
    kernelFunc: (call) => {
      const { dy, filter } = call.inputs as { dy: tf.TensorInfo; filter: tf.TensorInfo };
      const { inputShape, ...rest } = call.attrs as unknown as ConvolutionAttributes & {
        inputShape: number[];
      };
      const geometry = geometryOf(inputShape, filter.shape, rest);
      const cut = paddingOfInputGradient(geometry)
        .flat()
        .some((zeros) => zeros < 0);
      if (cut || geometry.dataFormat !== "channelsLast") return stock.kernelFunc(call);
      return inputGradient(call.backend as WasmBackend, dy, filter, geometry);
    },
  }));
}
