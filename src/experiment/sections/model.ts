// Settings of the network: layers, activation, initial values.
import * as v from "valibot";
import { choice, real, widths } from "../fields";

export const modelSection = v.strictObject({
  hiddenWidths: widths({
    key: "hidden",
    label: "Hidden layers",
    help: "Units in each hidden layer. More units can fit more, and memorize more. Without hidden layers this is logistic or linear regression.",
    effect: "new run",
    minimum: 1,
    maximum: 1024,
    maximumLayers: 6,
    default: [64, 64, 32],
  }),
  activation: choice({
    key: "act",
    label: "Activation",
    help: "The bend after each hidden layer. Without one (linear) the whole network is a single linear map.",
    effect: "new run",
    default: "relu",
    choices: [
      { value: "relu", label: "ReLU", help: "max(x, 0)" },
      { value: "leakyRelu", label: "Leaky ReLU", help: "x, or 0.01·x below 0" },
      { value: "tanh", label: "tanh" },
      { value: "sigmoid", label: "Sigmoid", help: "1 / (1 + e⁻ˣ)" },
      { value: "gelu", label: "GELU", help: "x·Φ(x), exact form with erf" },
      { value: "linear", label: "Linear", help: "x" },
    ],
  }),
  initialization: choice({
    key: "init",
    label: "Initial weights",
    help: "How the weights start. All of them come from the seed, so a reset returns to the same start.",
    source: "He et al. 2015; Glorot & Bengio 2010; LeCun et al. 1998; PyTorch nn.Linear",
    effect: "new run",
    advanced: true,
    default: "he",
    choices: [
      { value: "he", label: "He", help: "Normal with variance 2 / inputs; biases 0." },
      {
        value: "glorot",
        label: "Glorot",
        help: "Uniform in ±√(6 / (inputs + outputs)); biases 0.",
      },
      { value: "lecun", label: "LeCun", help: "Normal with variance 1 / inputs; biases 0." },
      {
        value: "pytorch",
        label: "PyTorch default",
        help: "Kernels and biases uniform in ±1/√inputs.",
      },
      {
        value: "normal",
        label: "Normal",
        help: "Normal with the standard deviation set below; biases 0.",
      },
      {
        value: "zeros",
        label: "Zeros",
        help: "Every weight 0: all units of a layer stay equal. A lesson in why not.",
      },
    ],
  }),
  initialDeviation: real({
    key: "deviation",
    label: "Initial deviation",
    help: "Standard deviation of the normal initial weights.",
    effect: "new run",
    advanced: true,
    minimum: 0.001,
    maximum: 10,
    default: 0.1,
    scale: "logarithmic",
    snaps: [0.001, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
  }),
});
