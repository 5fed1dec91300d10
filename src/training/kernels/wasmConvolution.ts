// Convolutions and their gradients on WASM as matrix products over overlapping rows: the backend lacks one of the gradients, and the other is slow.

import { tf } from "../tensors";
import { edgeBytes } from "../webAssembly/matrixProduct";
import { floatBytes } from "../webAssembly/names";
import { packedBytes } from "../webAssembly/packing";
import { replaceWasmKernel } from "./wasmBackend";
import { errorFrame, type Frame, framedFloats, inputFrame, place, windowRows } from "./wasmFrames";
import { addressOf, type MemoryBackend, scratch } from "./wasmMemory";
import { plainProductIn } from "./wasmPlainProduct";
import { type Product, productIn, type Rows } from "./wasmProduct";
import { perform } from "./wasmWork";

type Shape4D = [number, number, number, number];
type Geometry = ReturnType<typeof tf.backend_util.computeConv2DInfo>;
type Padding = Parameters<typeof tf.backend_util.computeConv2DInfo>[4];

/** What core hands to the kernels. */
interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: Padding;
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dilations?: number | [number, number];
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

function geometryOf(
  input: readonly number[],
  kernel: readonly number[],
  { strides, pad, dataFormat = "NHWC", dilations = 1, dimRoundingMode }: ConvolutionAttributes,
): Geometry {
  return tf.backend_util.computeConv2DInfo(
    input as Shape4D,
    kernel as Shape4D,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    tf.backend_util.convertConv2DDataFormat(dataFormat),
  );
}

const isPlain = ({ dataFormat, dilationHeight, dilationWidth, outShape }: Geometry) =>
  dataFormat === "channelsLast" &&
  dilationHeight === 1 &&
  dilationWidth === 1 &&
  tf.util.sizeFromShape(outShape) > 0;

/** Addresses of three tensors. */
function addressesOf(
  backend: MemoryBackend,
  ...tensors: readonly [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo]
): readonly [number, number, number] {
  const [a, b, c] = tensors;
  return [addressOf(backend, a), addressOf(backend, b), addressOf(backend, c)];
}

/** A convolution of every picture of a batch, with its own ways to its parts in the heap. */
interface Pass {
  readonly backend: MemoryBackend;
  readonly product: Product;
  readonly pictures: number;
  readonly frame: Frame;
}

/** Calls `each` with every picture in its frame. @param more bytes of further room, handed to `begin`. */
function overPictures(
  { backend, pictures, frame }: Pass,
  source: number,
  more: number,
  begin: (room: number, edge: number) => void,
  each: (framed: number, picture: number) => void,
): void {
  const floats = framedFloats(frame);
  const edge = scratch(backend, edgeBytes + floatBytes * floats + more);
  const framed = edge + edgeBytes;
  // Asked for after the room: growth of the heap detaches older views.
  const { HEAPF32 } = backend.wasm;
  HEAPF32.fill(0, framed / floatBytes, framed / floatBytes + floats);
  begin(framed + floatBytes * floats, edge);
  const size = frame.rows * frame.columns * frame.channels;
  for (let picture = 0; picture < pictures; picture++) {
    place(HEAPF32, source / floatBytes + picture * size, framed / floatBytes, frame);
    each(framed, picture);
  }
}

/** Convolves framed pictures with a filter [height, width, in, out] and stride. */
function convolve(
  pass: Pass,
  source: number,
  filter: { readonly shape: Shape4D; write(room: number): number; readonly bytes: number },
  stride: readonly [number, number],
  places: readonly [number, number],
  target: number,
): void {
  const { product, frame } = pass;
  const [height, width, inputs, outputs] = filter.shape;
  const inner = height * width * inputs;
  const size = floatBytes * places[0] * places[1] * outputs;
  let [packed, edge] = [0, 0];
  overPictures(
    pass,
    source,
    packedBytes(inner, outputs) + filter.bytes,
    (room, edgeRoom) => {
      [packed, edge] = [room, edgeRoom];
      const at = filter.write(room + packedBytes(inner, outputs));
      const matrix = { at, down: floatBytes * outputs, right: floatBytes };
      product.pack(matrix, inner, outputs, packed);
    },
    (framed, picture) => {
      const rows = windowRows(framed, frame, [height, width], stride, places);
      product.multiply(rows, packed, { at: target + picture * size, columns: outputs }, edge);
    },
  );
}

/** The forward convolution. */
function forward(
  backend: MemoryBackend,
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  geometry: Geometry,
) {
  const output = backend.makeOutput([...geometry.outShape], "float32");
  const [source, weights, target] = addressesOf(backend, x, filter, output);
  const { batchSize, strideHeight, strideWidth, outHeight, outWidth } = geometry;
  const pass = {
    backend,
    product: productIn(backend),
    pictures: batchSize,
    frame: inputFrame(geometry),
  };
  const held = { shape: filter.shape as Shape4D, write: () => weights, bytes: 0 };
  perform(() =>
    convolve(pass, source, held, [strideHeight, strideWidth], [outHeight, outWidth], target),
  );
  return output;
}

/** Writes the filter turned by 180°, with input and output channels swapped. Places are counted in floats. */
function turn(
  heap: Float32Array,
  from: number,
  to: number,
  [height, width, inputs, outputs]: Shape4D,
): void {
  const taps = height * width;
  for (let tap = 0; tap < taps; tap++) {
    const source = from + tap * inputs * outputs;
    const target = to + (taps - 1 - tap) * inputs * outputs;
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        heap[target + o * inputs + i] = heap[source + i * outputs + o] as number;
      }
    }
  }
}

/** Gradient of the input: the convolution of the spread errors with the turned filter. */
function inputGradient(
  backend: MemoryBackend,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  geometry: Geometry,
  frame: Frame,
) {
  const gradient = backend.makeOutput([...geometry.inShape], "float32");
  const [source, weights, target] = addressesOf(backend, dy, filter, gradient);
  const shape = filter.shape as Shape4D;
  const [height, width, inputs, outputs] = shape;
  const pass = { backend, product: productIn(backend), pictures: geometry.batchSize, frame };
  const turned = {
    shape: [height, width, outputs, inputs] as Shape4D,
    bytes: floatBytes * tf.util.sizeFromShape(shape),
    write: (room: number) => {
      turn(backend.wasm.HEAPF32, weights / floatBytes, room / floatBytes, shape);
      return room;
    },
  };
  const places = [geometry.inHeight, geometry.inWidth] as const;
  perform(() => convolve(pass, source, turned, [1, 1], places, target));
  return gradient;
}

/** Gradient of the filter: its entry (row, column, in, out) is the sum of x · dy over all pictures and places. */
function filterGradient(
  product: Product,
  backend: MemoryBackend,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  geometry: Geometry,
) {
  const { filterHeight, filterWidth, inChannels, outChannels } = geometry;
  const { strideHeight, strideWidth, outHeight, outWidth, batchSize } = geometry;
  const gradient = backend.makeOutput([...geometry.filterShape], "float32");
  const [source, errors, target] = addressesOf(backend, x, dy, gradient);
  const frame = inputFrame(geometry);
  const pass = { backend, product, pictures: batchSize, frame };
  const places = outHeight * outWidth;
  const lineBytes = floatBytes * frame.paddedColumns * inChannels;
  const rows: Omit<Rows, "at"> = {
    down: floatBytes,
    right: floatBytes * strideWidth * inChannels,
    segments: outHeight,
    segmentLength: outWidth,
    segmentStride: strideHeight * lineBytes,
    groups: filterHeight,
    rows: filterWidth * inChannels,
    groupStride: lineBytes,
  };
  perform(() => {
    let [packed, edge] = [0, 0];
    overPictures(
      pass,
      source,
      packedBytes(places, outChannels),
      (room, edgeRoom) => {
        [packed, edge] = [room, edgeRoom];
      },
      (framed, picture) => {
        const at = errors + floatBytes * picture * places * outChannels;
        const matrix = { at, down: floatBytes * outChannels, right: floatBytes };
        product.pack(matrix, places, outChannels, packed);
        const result = { at: target, columns: outChannels, adds: picture > 0 };
        product.multiply({ at: framed, ...rows }, packed, result, edge);
      },
    );
  });
  return gradient;
}

/** Adds a kernel that the WASM backend lacks; again is harmless. */
function addWasmKernel(kernelName: string, kernelFunc: tf.KernelFunc): void {
  if (tf.getKernel(kernelName, "wasm")) return;
  tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
}

/** Adds Conv2DBackpropFilter by a product. */
function addFilterGradient(makeProduct: (backend: MemoryBackend) => Product): void {
  addWasmKernel("Conv2DBackpropFilter", ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as { x: tf.TensorInfo; dy: tf.TensorInfo };
    const { filterShape, ...rest } = attrs as unknown as ConvolutionAttributes & {
      filterShape: number[];
    };
    const memory = backend as unknown as MemoryBackend;
    const geometry = geometryOf(x.shape, filterShape, rest);
    return filterGradient(makeProduct(memory), memory, x, dy, geometry);
  });
}

/** Adds what the WASM backend lacks, for machines on which functions of our own do not run. */
export function installFilterGradient(): void {
  addFilterGradient(plainProductIn);
}

/** Replaces Conv2D and Conv2DBackpropInput on the WASM backend and adds Conv2DBackpropFilter. Call when the backend is up. */
export function installWasmConvolution(): void {
  replaceWasmKernel("Conv2D", (stock) => ({
    kernelFunc: (call) => {
      const { x, filter } = call.inputs as { x: tf.TensorInfo; filter: tf.TensorInfo };
      const geometry = geometryOf(x.shape, filter.shape, call.attrs as never);
      if (!isPlain(geometry)) return stock.kernelFunc(call);
      return forward(call.backend as unknown as MemoryBackend, x, filter, geometry);
    },
  }));
  addFilterGradient(productIn);
  replaceWasmKernel("Conv2DBackpropInput", (stock) => ({
    kernelFunc: (call) => {
      const { dy, filter } = call.inputs as { dy: tf.TensorInfo; filter: tf.TensorInfo };
      const { inputShape, ...rest } = call.attrs as unknown as ConvolutionAttributes & {
        inputShape: number[];
      };
      const geometry = geometryOf(inputShape, filter.shape, rest);
      const frame = errorFrame(geometry);
      if (!frame || !isPlain(geometry)) return stock.kernelFunc(call);
      return inputGradient(call.backend as unknown as MemoryBackend, dy, filter, geometry, frame);
    },
  }));
}
