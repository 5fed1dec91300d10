// Normalization on WASM: across the batch by printed passes, four features at a time; within examples by plain loops in the heap.

import type { tf } from "../tensors";
import { floatBytes } from "../webAssembly/names";
import { rowMap } from "../webAssembly/rowMaps";
import { rowSums, type SummedTerm } from "../webAssembly/rowSums";
import { type NormalizeAttributes, normalizeGradientKernel, normalizeKernel } from "./normalize";
import { fillGradients, fillNormalized } from "./normalizeLoops";
import { type Named, registerKernels } from "./register";
import { addressOf, type MemoryBackend, scratch, wasmFunctionOf } from "./wasmMemory";
import { perform } from "./wasmWork";

/** Whether each feature is a column of a matrix, with figures of its own. */
const isByColumn = ({ examples, width, centred }: NormalizeAttributes) =>
  examples === 1 && width === 1 && centred;

/** Passes over matrices [rows, features] in the heap. All places are addresses. */
class ColumnPasses {
  private readonly rowBytes: number;

  constructor(
    private readonly backend: MemoryBackend,
    private readonly rows: number,
    private readonly features: number,
  ) {
    this.rowBytes = floatBytes * features;
  }

  /** Room for so many vectors of features, and a number. */
  room(vectors: number): readonly number[] {
    const start = scratch(this.backend, floatBytes + vectors * this.rowBytes);
    return Array.from({ length: vectors + 1 }, (_, i) => start + i * this.rowBytes);
  }

  /** sums = factor · Σ term over the rows. @param number room for a number */
  sum(
    term: SummedTerm,
    [matrix, sums]: readonly [number, number],
    [factor, number]: readonly [number, number],
    [centres, other]: readonly [number, number] = [0, matrix],
  ): void {
    const run = wasmFunctionOf(this.backend, `sum ${term}`, () => rowSums(term));
    this.backend.wasm.HEAPF32[number / floatBytes] = factor;
    const end = matrix + this.rows * this.rowBytes;
    run(matrix, sums, end, this.rowBytes, number, centres, other - matrix);
  }

  /** to = (x − centre) · factor + shift, and with a slope + slope · slopeFactor. */
  map(
    [x, to]: readonly [number, number],
    [centre, factor, shift]: readonly [number, number, number],
    slope?: readonly [slope: number, slopeFactor: number],
  ): void {
    const { backend, rowBytes } = this;
    const name = slope ? "map with slope" : "map";
    const run = wasmFunctionOf(backend, name, () => rowMap(slope !== undefined));
    const end = x + this.rows * rowBytes;
    run(x, to, end, rowBytes, centre, factor, shift, ...(slope ?? []));
  }

  /** The figures of the features at an address. */
  at(address: number): Float32Array {
    const start = address / floatBytes;
    return this.backend.wasm.HEAPF32.subarray(start, start + this.features);
  }
}

const output = (backend: MemoryBackend, shape: readonly number[]) =>
  backend.makeOutput([...shape], "float32");

function forward(
  backend: MemoryBackend,
  { x, scale, shift }: Named<"x" | "scale" | "shift">,
  attributes: NormalizeAttributes,
): tf.TensorInfo[] {
  const rows = attributes.examples * attributes.groups;
  const [y, mean, variance] = [
    output(backend, x.shape),
    output(backend, [rows]),
    output(backend, [rows]),
  ];
  const values = (tensor: tf.TensorInfo) => backend.typedArrayFromHeap(tensor) as Float32Array;
  const places = [x, scale, shift, y, mean, variance].map((tensor) =>
    tensor ? addressOf(backend, tensor) : null,
  );
  const run = isByColumn(attributes)
    ? () => forwardByColumn(backend, places, attributes)
    : () =>
        fillNormalized(
          {
            x: values(x),
            scale: values(scale),
            shift: shift ? values(shift) : null,
            y: values(y),
            mean: values(mean),
            variance: values(variance),
          },
          attributes,
        );
  perform(run);
  return [y, mean, variance];
}

function forwardByColumn(
  backend: MemoryBackend,
  addresses: readonly (number | null)[],
  { places: rows, groups: features, epsilon }: NormalizeAttributes,
): void {
  const [x, scale, shift, y, mean, variance] = addresses as [
    number,
    number,
    number | null,
    number,
    number,
    number,
  ];
  const passes = new ColumnPasses(backend, rows, features);
  const [factors, shifts, number] = passes.room(2) as [number, number, number];
  passes.sum("entries", [x, mean], [1 / rows, number]);
  passes.sum("squares", [x, variance], [1 / rows, number], [mean, x]);
  const spread = passes.at(variance);
  passes.at(factors).set(passes.at(scale).map((factor, f) => factor / root(spread, f, epsilon)));
  if (shift === null) passes.at(shifts).fill(0);
  else passes.at(shifts).set(passes.at(shift));
  passes.map([x, y], [mean, factors, shifts]);
}

const root = (variance: Float32Array, feature: number, epsilon: number) =>
  Math.sqrt((variance[feature] as number) + epsilon);

type GradientInput = "dy" | "x" | "scale" | "mean" | "variance";

function backward(
  backend: MemoryBackend,
  { dy, x, scale, mean, variance }: Named<GradientInput>,
  attributes: NormalizeAttributes,
): tf.TensorInfo[] {
  const features = attributes.groups * attributes.width;
  const [dx, dScale, dShift] = [
    output(backend, x.shape),
    output(backend, [features]),
    output(backend, [features]),
  ];
  const values = (tensor: tf.TensorInfo) => backend.typedArrayFromHeap(tensor) as Float32Array;
  const places = [dy, x, scale, mean, variance, dx, dScale, dShift].map((tensor) =>
    addressOf(backend, tensor),
  );
  const run = isByColumn(attributes)
    ? () => backwardByColumn(backend, places, attributes)
    : () =>
        fillGradients(
          {
            dy: values(dy),
            x: values(x),
            scale: values(scale),
            mean: values(mean),
            variance: values(variance),
            dx: values(dx),
            dScale: values(dScale),
            dShift: values(dShift),
          },
          attributes,
        );
  perform(run);
  return [dx, dScale, dShift];
}

/** dx = (g − mean(g) − x̂·mean(g·x̂)) / deviation with g = dy·scale and x̂ the normalized values. */
function backwardByColumn(
  backend: MemoryBackend,
  addresses: readonly number[],
  { places: rows, groups: features, epsilon }: NormalizeAttributes,
): void {
  const [dy, x, scale, mean, variance, dx, dScale, dShift] = addresses as [
    ...[number, number, number, number],
    ...[number, number, number, number],
  ];
  const passes = new ColumnPasses(backend, rows, features);
  const [ofDy, ofX, rest, number] = passes.room(3) as [number, number, number, number];
  passes.sum("entries", [dy, dShift], [1, number]);
  passes.sum("products", [dy, dScale], [1, number], [mean, x]);
  const [along, sums] = [passes.at(dScale), passes.at(dShift)];
  const [scales, spread] = [passes.at(scale), passes.at(variance)];
  const [slopeFactors, factors, shifts] = [passes.at(ofDy), passes.at(ofX), passes.at(rest)];
  for (let f = 0; f < features; f++) {
    const perDeviation = 1 / root(spread, f, epsilon);
    const factor = perDeviation * (scales[f] as number);
    const slope = perDeviation * (along[f] as number);
    along[f] = slope;
    slopeFactors[f] = factor;
    factors[f] = (-factor * perDeviation * slope) / rows;
    shifts[f] = (-factor * (sums[f] as number)) / rows;
  }
  passes.map([x, dx], [mean, ofX, rest], [dy, ofDy]);
}

/** Registers the operation and its gradient for the WASM backend; again is harmless. Call when modules of our own work in it. */
export function registerNormalizeWasm(): void {
  registerKernels("wasm", { [normalizeKernel]: forward, [normalizeGradientKernel]: backward });
}
