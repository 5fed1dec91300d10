// Softmax cross entropy on WebGL: one draw for the losses, one for their gradient, both from values packed two by two.
import { type Named, registerKernels } from "./register";
import { crossEntropyGradientKernel, crossEntropyLossKernel } from "./softmaxCrossEntropy";
import type { WebglBackend } from "./webglBackend";

/**
 * Reads two neighbouring examples, from an even one on, two classes at a time: [this one's two, the next one's two].
 * What lies behind the last class is to be left out.
 */
const sums = (classes: number) => `
  vec2 largestOf(int row) {
    vec2 largest = getLogits(row, 0).xz;
    for (int k = 0; k < ${classes}; k += 2) {
      vec4 block = getLogits(row, k);
      largest = max(largest, block.xz);
      if (k + 1 < ${classes}) largest = max(largest, block.yw);
    }
    return largest;
  }
  vec2 sumOf(int row, vec2 largest) {
    vec2 sum = vec2(0.0);
    for (int k = 0; k < ${classes}; k += 2) {
      vec4 block = getLogits(row, k);
      sum += exp(block.xz - largest);
      if (k + 1 < ${classes}) sum += exp(block.yw - largest);
    }
    return sum;
  }`;

/** Losses are added up right after: sums read them one in a texel. */
const printLosses = (classes: number) => `${sums(classes)}
  void main() {
    int example = getOutputCoords();
    int row = example / 2 * 2;
    vec2 largest = largestOf(row);
    vec2 logarithm = log(sumOf(row, largest));
    vec2 loss = vec2(0.0);
    for (int k = 0; k < ${classes}; k += 2) {
      vec4 block = getLogits(row, k);
      vec4 target = getTargets(row, k);
      loss += target.xz * (logarithm - (block.xz - largest));
      if (k + 1 < ${classes}) loss += target.yw * (logarithm - (block.yw - largest));
    }
    setOutput(example == row ? loss.x : loss.y);
  }`;

/** What lies behind the end is set to 0: products of matrices read it too. */
const printGradient = (batch: number, classes: number) => `${sums(classes)}
  void main() {
    ivec2 place = getOutputCoords();
    vec2 largest = largestOf(place.x);
    vec2 sum = sumOf(place.x, largest);
    vec4 softmax = exp(getLogits(place.x, place.y) - largest.xxyy) / sum.xxyy;
    vec4 gradient = getSlopes(place.x).xxyy * (softmax - getTargets(place.x, place.y));
    bool lastColumn = place.y + 1 >= ${classes};
    bool lastRow = place.x + 1 >= ${batch};
    setOutput(vec4(
      gradient.x,
      lastColumn ? 0.0 : gradient.y,
      lastRow ? 0.0 : gradient.z,
      lastColumn || lastRow ? 0.0 : gradient.w
    ));
  }`;

function losses(backend: WebglBackend, { logits, targets }: Named<"logits" | "targets">) {
  const [batch, classes] = logits.shape as [number, number];
  const program = {
    variableNames: ["Logits", "Targets"],
    outputShape: [batch],
    packedInputs: true,
    userCode: printLosses(classes),
  };
  return backend.compileAndRun(program, [logits, targets], "float32");
}

function gradient(
  backend: WebglBackend,
  { slopes, logits, targets }: Named<"slopes" | "logits" | "targets">,
) {
  const [batch, classes] = logits.shape as [number, number];
  const program = {
    variableNames: ["Slopes", "Logits", "Targets"],
    outputShape: [batch, classes],
    packedInputs: true,
    packedOutput: true,
    userCode: printGradient(batch, classes),
  };
  return backend.compileAndRun(program, [slopes, logits, targets], "float32");
}

/** Registers losses and gradient for the WebGL backend (version 2 only); again is harmless. */
export function registerCrossEntropyWebgl(): void {
  registerKernels("webgl", {
    [crossEntropyLossKernel]: losses,
    [crossEntropyGradientKernel]: gradient,
  });
}
