// Every penalty of the registry: its gradient is that of its value, by finite differences, on kernels and biases, with factors and without.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RandomSequence } from "../../data/random";
import { Hyperparameters, neutralHyperparameters } from "../hyperparameters";
import { convolution, dense } from "../layers";
import { makeNetwork } from "../network";
import { tf, tidy } from "../tensors";
import { switchBackend } from "../testing";
import { addPenaltyGradients, defaultOptions, omegaByOperations, regularizers } from "./index";
import type { Penalty, RegularizerInputs } from "./regularizer";

const network = makeNetwork([convolution("c", 2, 3), dense("a", 5, 4), dense("b", 4, 3)]);
const sequence = new RandomSequence(3, 1);
/** Away from 0, where an absolute value has a kink. */
const weights = Float32Array.from({ length: network.parameterCount }, () => {
  const value = sequence.normal();
  return value + Math.sign(value) * 0.1;
});
const factors = Float32Array.from(
  network.slots.flatMap(({ size }, index) => Array(size).fill(index % 3)),
);
const penalties = Object.entries(regularizers).filter(
  (entry): entry is [keyof typeof regularizers, Penalty] => entry[1].kind === "penalty",
);

function inputsFor(
  values: Float32Array,
  scoped: boolean,
  hyperparameters: Hyperparameters,
): RegularizerInputs {
  return {
    network,
    weights: tf.tensor1d(values),
    factors: scoped ? tf.tensor1d(factors) : null,
    hyperparameters,
    options: defaultOptions,
  };
}

describe.each(["cpu", "wasm"] as const)("penalties on %s", (backend) => {
  beforeAll(() => switchBackend(backend));
  afterAll(() => switchBackend("cpu"));

  it("are in the registry", () => expect(penalties.length).toBeGreaterThan(1));

  it.each(
    penalties.flatMap(([name, penalty]) =>
      [false, true].map((scoped) => [name, scoped, penalty] as const),
    ),
  )("%s, with factors: %s", (name, scoped, { omega }) => {
    const strength = 0.7;
    const values = { ...neutralHyperparameters, [name]: strength };
    const hyperparameters = new Hyperparameters(values);
    hyperparameters.prepare(values, 1);
    const penaltyAt = (held: Float32Array) =>
      tidy(
        () =>
          omegaByOperations(
            omega,
            inputsFor(held, scoped, hyperparameters),
          ).dataSync()[0] as number,
      );
    const gradient = tidy(() =>
      addPenaltyGradients(
        tf.zeros([network.parameterCount]),
        inputsFor(weights, scoped, hyperparameters),
      ).dataSync(),
    );
    const step = 2 ** -6;
    for (let i = 0; i < weights.length; i += 5) {
      const [above, below] = [weights.slice(), weights.slice()];
      above[i] = (above[i] as number) + step;
      below[i] = (below[i] as number) - step;
      const slope = (strength * (penaltyAt(above) - penaltyAt(below))) / (2 * step);
      expect(Math.abs((gradient[i] as number) - slope), `${i}`).toBeLessThan(
        2e-2 * (1 + Math.abs(slope)),
      );
    }
    hyperparameters.dispose();
  });
});
