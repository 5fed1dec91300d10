// The start of training: initial values by the usual rules, from the seed alone, so that reset returns to the same start.
import { RandomSequence, Stream } from "../data/random";
import type { Experiment } from "../experiment/schema";
import type { ParameterSpecification } from "./layers";
import type { Network } from "./network";

type Initialization = Experiment["model"]["initialization"];
type Draw = (sequence: RandomSequence) => number;

/**
 * How one entry of a parameter is drawn.
 * He et al. 2015: N(0, 2/fanIn). Glorot & Bengio 2010: U(±√(6/(fanIn+fanOut))). LeCun et al. 1998: N(0, 1/fanIn).
 * PyTorch's nn.Linear: kernel and bias U(±1/√fanIn). Biases are 0 in all others.
 */
function drawOf(kind: Initialization, deviation: number, parameter: ParameterSpecification): Draw {
  const { fanIn, fanOut } = parameter;
  const uniform =
    (limit: number): Draw =>
    (sequence) =>
      sequence.between(-limit, limit);
  const normal =
    (spread: number): Draw =>
    (sequence) =>
      spread * sequence.normal();
  if (parameter.kind === "normScale") return () => 1;
  if (parameter.kind === "normShift") return () => 0;
  if (kind === "pytorch") return uniform(1 / Math.sqrt(fanIn));
  if (parameter.kind === "bias") return () => 0;
  switch (kind) {
    case "he":
      return normal(Math.sqrt(2 / fanIn));
    case "glorot":
      return uniform(Math.sqrt(6 / (fanIn + fanOut)));
    case "lecun":
      return normal(Math.sqrt(1 / fanIn));
    case "normal":
      return normal(deviation);
    case "zeros":
      return () => 0;
  }
}

/** Initial values of all parameters, [parameterCount]. */
export function initialWeights(network: Network, experiment: Experiment): Float32Array {
  const values = new Float32Array(network.parameterCount);
  const { initialization, initialDeviation } = experiment.model;
  network.slots.forEach((slot, index) => {
    const draw = drawOf(initialization, initialDeviation, slot);
    const sequence = new RandomSequence(experiment.seed, Stream.initialWeights, index);
    for (let i = 0; i < slot.size; i++) values[slot.offset + i] = draw(sequence);
  });
  return values;
}
