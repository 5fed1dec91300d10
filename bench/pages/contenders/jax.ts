// jax-js: the whole step, Adam included, in one jitted function, which is faster than its own example. Its optax is not on npm, so Adam is written out.
import {
  defaultDevice,
  init,
  type Array as JaxArray,
  jit,
  lax,
  nn,
  numpy as np,
  tree,
  valueAndGrad,
} from "@jax-js/jax";
import { RandomSequence } from "../../../src/data/random";
import { channelsFirst, type FixedBatch, fixedBatch, oneHot } from "../batch";
import type { Contender, NetworkName } from "../contender";

/** Everything that a step changes. `power1` and `power2` are Adam's β₁ᵗ and β₂ᵗ. */
type State = {
  parameters: JaxArray[];
  first: JaxArray[];
  second: JaxArray[];
  power1: JaxArray;
  power2: JaxArray;
};
/** As many as the CNN has; the other networks have fewer and touch no more. */
type Eight = [JaxArray, JaxArray, JaxArray, JaxArray, JaxArray, JaxArray, JaxArray, JaxArray];
type Device = "wasm" | "webgpu" | "webgl" | "cpu";

const rate = 1e-3;
const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
const parameterShapes: Readonly<Record<NetworkName, readonly (readonly number[])[]>> = {
  mlp: [[784, 256], [256], [256, 10], [10]],
  cnn: [[32, 3, 3, 3], [32], [64, 32, 3, 3], [64], [128, 64, 3, 3], [128], [128, 10], [10]],
  small: [[2, 8], [8], [8, 8], [8], [8, 1], [1]],
};

function initialParameters(network: NetworkName): JaxArray[] {
  const draws = new RandomSequence(1, 4);
  return parameterShapes[network].map((shape) => {
    if (shape.length === 1) return np.zeros([...shape]);
    const inputs = shape.length === 2 ? (shape[0] as number) : 9 * (shape[1] as number);
    const size = shape.reduce((product, side) => product * side, 1);
    const deviation = Math.sqrt((network === "small" ? 1 : 2) / inputs);
    const values = Float32Array.from({ length: size }, () => deviation * draws.normal());
    return np.array(values, { shape: [...shape] });
  });
}

const dense = (x: JaxArray, kernel: JaxArray, bias: JaxArray) => np.matmul(x, kernel).add(bias);

function block(x: JaxArray, kernel: JaxArray, bias: JaxArray): JaxArray {
  const summed = lax.conv(x, kernel, [1, 1], "SAME").add(bias.reshape([-1, 1, 1]));
  return lax.reduceWindow(nn.relu(summed), np.max, [2, 2], [2, 2]);
}

const crossEntropy = (outputs: JaxArray, targets: JaxArray) =>
  np.mean(np.sum(nn.logSoftmax(outputs).mul(targets), 1)).mul(-1);

/** Mean loss of the batch. Every function of jax-js takes its arguments over; `.ref` keeps one. */
function lossOf(network: NetworkName, parameters: JaxArray[], x: JaxArray, y: JaxArray): JaxArray {
  const [w1, b1, w2, b2, w3, b3, w4, b4] = parameters as Eight;
  switch (network) {
    case "mlp":
      return crossEntropy(dense(nn.relu(dense(x, w1, b1)), w2, b2), y);
    case "cnn": {
      const maps = block(block(block(x, w1, b1), w2, b2), w3, b3);
      return crossEntropy(dense(np.mean(maps, [2, 3]), w4, b4), y);
    }
    case "small": {
      const hidden = np.tanh(dense(np.tanh(dense(x, w1, b1)), w2, b2));
      return np.mean(np.square(np.tanh(dense(hidden, w3, b3)).sub(y)));
    }
  }
}

/** Kingma & Ba 2015, Algorithm 1. */
function adam(state: State, gradients: JaxArray[]): State {
  const power1 = state.power1.mul(beta1);
  const power2 = state.power2.mul(beta2);
  const first = state.first.map((mean, i) =>
    mean.mul(beta1).add((gradients[i] as JaxArray).ref.mul(1 - beta1)),
  );
  const second = state.second.map((mean, i) =>
    mean.mul(beta2).add(np.square(gradients[i] as JaxArray).mul(1 - beta2)),
  );
  const scale1 = np.reciprocal(np.subtract(1, power1.ref)).mul(rate);
  const scale2 = np.reciprocal(np.subtract(1, power2.ref));
  const parameters = state.parameters.map((parameter, i) => {
    const root = np.sqrt((second[i] as JaxArray).ref.mul(scale2.ref)).add(epsilon);
    return parameter.sub((first[i] as JaxArray).ref.mul(scale1.ref).div(root));
  });
  tree.dispose([scale1, scale2]);
  return { parameters, first, second, power1, power2 };
}

function descent(state: State, gradients: JaxArray[]): State {
  const parameters = state.parameters.map((parameter, i) =>
    parameter.sub((gradients[i] as JaxArray).mul(0.03)),
  );
  return { ...state, parameters };
}

type Loss = (parameters: JaxArray[], x: JaxArray, y: JaxArray) => JaxArray;

function stepWith(loss: Loss, update: typeof adam) {
  return (state: State, x: JaxArray, y: JaxArray) => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(state.parameters), x, y);
    return { state: update(state, gradients as JaxArray[]), loss: value };
  };
}

/** @param way "whole": all of the step in one jitted function; "example": only the loss, as in its MNIST example. */
function stepOf(network: NetworkName, way: "whole" | "example") {
  const loss: Loss = (parameters, x, y) => lossOf(network, parameters, x, y);
  const update = network === "small" ? descent : adam;
  return way === "whole" ? jit(stepWith(loss, update)) : stepWith(jit(loss), update);
}

function arraysOf(network: NetworkName, batch: FixedBatch): { x: JaxArray; y: JaxArray } {
  const { count, shape, classes } = batch;
  const [height, width, channels] = shape;
  const x =
    network === "cnn"
      ? np.array(channelsFirst(batch), {
          shape: [count, channels as number, height as number, width as number],
        })
      : np.array(batch.inputs, { shape: [count, ...shape] });
  const y =
    network === "small"
      ? np.array(
          Float32Array.from(batch.labels, (label) => 2 * label - 1),
          { shape: [count, 1] },
        )
      : np.array(oneHot(batch), { shape: [count, classes] });
  return { x, y };
}

/** @param backend a device, or a device and " example". @throws where the device is not available. */
export async function prepareJax(network: NetworkName, backend: string): Promise<Contender> {
  const [device, way] = backend.split(" ") as [Device, "example" | undefined];
  if (!(await init(device)).includes(device)) throw new Error(`${device} is not available here`);
  defaultDevice(device);
  const { x, y } = arraysOf(network, fixedBatch(network));
  const parameters = initialParameters(network);
  const zeros = () =>
    network === "small" ? [] : parameters.map((parameter) => np.zerosLike(parameter.ref));
  let state: State = {
    parameters,
    first: zeros(),
    second: zeros(),
    power1: np.array(1),
    power2: np.array(1),
  };
  const advance = stepOf(network, way ?? "whole");
  return {
    async step(issued) {
      const next = advance(state, x.ref, y.ref);
      state = next.state as State;
      const loss = next.loss.data();
      // On WASM it computes in this thread, but only after it has waited for its own compiler: nothing is issued.
      if (device === "webgpu" || device === "webgl") issued();
      return (await loss)[0] as number;
    },
  };
}
