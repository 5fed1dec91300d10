// Normalization on WebGL: three or four draws forward, three to six back.
import { tf } from "../tensors";
import {
  type NormalizeAttributes,
  normalizeGradientKernel,
  normalizeKernel,
  sumsAreFeatures,
} from "./normalize";
import {
  byFeature,
  type Chunks,
  chunksOf,
  momentSums,
  printFeatureSums,
  printGradient,
  printMean,
  printNormalized,
  printParts,
  printTotals,
  printVariance,
  slopeSums,
  storedSums,
} from "./normalizeGlsl";
import { type Named, registerKernels } from "./register";
import type { WebglBackend } from "./webglBackend";

/** Inputs of programs by the names under which shaders read them. */
type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** One run of the kernel: what it makes on the way is freed at its end. */
class Run {
  private readonly passing: tf.TensorInfo[] = [];

  constructor(private readonly backend: WebglBackend) {}

  /** A tensor in another shape, two by two in texels: made so once, not by each program that reads it. */
  view(tensor: tf.TensorInfo, shape: readonly number[]): tf.TensorInfo {
    const { backend } = this;
    const seen = this.pass(this.reshape(tensor, shape));
    const { isPacked, texture } = backend.texData.get(seen.dataId);
    return texture && !isPacked ? this.pass(backend.packTensor(seen)) : seen;
  }

  draw(inputs: Inputs, outputShape: readonly number[], userCode: string): tf.TensorInfo {
    const program = {
      variableNames: Object.keys(inputs),
      outputShape,
      packedInputs: true,
      packedOutput: true,
      userCode,
    };
    return this.backend.compileAndRun(program, Object.values(inputs), "float32");
  }

  /** Marks a tensor to be freed at the end. */
  pass(tensor: tf.TensorInfo): tf.TensorInfo {
    this.passing.push(tensor);
    return tensor;
  }

  /** @returns a reference of its own. */
  reshape(x: tf.TensorInfo, shape: readonly number[]): tf.TensorInfo {
    const attrs = { shape: [...shape] };
    const { backend } = this;
    return tf.getKernel("Reshape", "webgl")?.kernelFunc({
      inputs: { x },
      attrs,
      backend,
    }) as tf.TensorInfo;
  }

  /** Sums of chunks, where groups have more than one: what later programs read instead of the values. */
  parts(inputs: Inputs, sums: string, chunks: Chunks, groups: number): [Inputs, string] {
    if (chunks.count === 1) return [inputs, sums];
    const shape = [2 * groups, 2 * chunks.count];
    return [{ Parts: this.pass(this.draw(inputs, shape, printParts(sums))) }, storedSums];
  }

  end(): void {
    for (const tensor of this.passing) this.backend.disposeIntermediateTensorInfo(tensor);
  }
}

const flatShape = ({ examples, places, groups, width }: NormalizeAttributes) => [
  examples * places,
  groups * width,
];

function forward(
  run: Run,
  { x, scale, shift }: Named<"x" | "scale"> & Partial<Named<"shift">>,
  attributes: NormalizeAttributes,
): tf.TensorInfo[] {
  const groups = attributes.examples * attributes.groups;
  const chunks = chunksOf(attributes);
  const X = run.view(x, flatShape(attributes));
  const own = momentSums(attributes, chunks, attributes.centred);
  const [inputs, sums] = run.parts({ X }, own, chunks, groups);
  const Mean = run.draw(inputs, [groups], printMean(sums, chunks, groups));
  const Variance = run.draw({ ...inputs, Mean }, [groups], printVariance(sums, chunks, groups));
  const y = run.draw(
    { X, Mean, Variance, Scale: scale, ...(shift && { Shift: shift }) },
    flatShape(attributes),
    printNormalized(attributes, attributes, shift !== undefined),
  );
  return [run.reshape(run.pass(y), x.shape), Mean, Variance];
}

function backward(
  run: Run,
  { dy, x, scale, mean, variance }: Named<"dy" | "x" | "scale" | "mean" | "variance">,
  attributes: NormalizeAttributes,
): tf.TensorInfo[] {
  const shape = flatShape(attributes);
  const features = tf.util.sizeFromShape(scale.shape);
  const [Dy, X] = [run.view(dy, shape), run.view(x, shape)];
  const saved = { X, Mean: mean, Variance: variance };
  const domain = byFeature(attributes);
  const chunks = chunksOf(domain);
  const own = slopeSums(domain, chunks, attributes, false);
  const [inputs, sums] = run.parts({ Dy, ...saved }, own, chunks, features);
  const feature = (part: "x" | "y") =>
    run.draw(inputs, scale.shape, printFeatureSums(sums, chunks, features, part));
  const [DShift, DScale] = [feature("x"), feature("y")];
  const areFeatures = sumsAreFeatures(attributes);
  const known = areFeatures
    ? { DShift, DScale }
    : { Totals: groupTotals(run, attributes, { Dy, ...saved, Scale: scale }) };
  const dx = run.draw(
    { Dy, ...saved, Scale: scale, ...known },
    shape,
    printGradient(attributes, areFeatures),
  );
  return [run.reshape(run.pass(dx), x.shape), DScale, DShift];
}

/** A texel of sums for each group. */
function groupTotals(run: Run, attributes: NormalizeAttributes, inputs: Inputs): tf.TensorInfo {
  const groups = attributes.examples * attributes.groups;
  const chunks = chunksOf(attributes);
  const own = slopeSums(attributes, chunks, attributes, true);
  const parts = run.pass(run.draw(inputs, [2 * groups, 2 * chunks.count], printParts(own)));
  if (chunks.count === 1) return parts;
  return run.pass(run.draw({ Parts: parts }, [2 * groups, 2], printTotals(chunks)));
}

/** Registers the operation and its gradient for the WebGL backend (version 2 only); again is harmless. */
export function registerNormalizeWebgl(): void {
  const inRun =
    <Inputs>(compute: (run: Run, inputs: Inputs, of: NormalizeAttributes) => tf.TensorInfo[]) =>
    (backend: WebglBackend, inputs: Inputs, attributes: NormalizeAttributes) => {
      const run = new Run(backend);
      try {
        return compute(run, inputs, attributes);
      } finally {
        run.end();
      }
    };
  registerKernels("webgl", {
    [normalizeKernel]: inRun(forward),
    [normalizeGradientKernel]: inRun(backward),
  });
}
