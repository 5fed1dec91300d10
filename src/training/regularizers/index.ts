// Registry of the regularizers on weights, and what a training step does with those in force: one line for each, named like its strength.
import type { PenaltyTermName, RegularizerName } from "../../experiment/hyperparameters";
import type { Algebra } from "../elementwise/algebra";
import type { HyperparameterValues } from "../hyperparameters";
import { type Tensor, tf } from "../tensors";
import { groupL1 } from "./groupL1";
import { l1 } from "./l1";
import { l1Proximal } from "./l1Proximal";
import { l2 } from "./l2";
import { maxNorm } from "./maxNorm";
import { orthogonality } from "./orthogonality";
import type {
  Constraint,
  DecoupledDecay,
  ElementwiseContext,
  ElementwiseProximalStep,
  Omega,
  Penalty,
  ProximalStep,
  Regularizer,
  RegularizerInputs,
  WeightSum,
} from "./regularizer";
import { weightDecay } from "./weightDecay";

export { defaultOptions, type RegularizerOptions, regularizerOptionsOf } from "./options";
export type { Omega, RegularizerInputs, WeightSum } from "./regularizer";

/** The kind that the schema declares is the kind of the file. */
type Registry = Readonly<
  Record<RegularizerName<"penalty">, Penalty> &
    Record<RegularizerName<"decoupled decay">, DecoupledDecay> &
    Record<RegularizerName<"proximal step">, ProximalStep> &
    Record<RegularizerName<"constraint">, Constraint>
>;

/** In the order in which steps of one kind are taken. */
export const regularizers: Registry = {
  l1,
  l2,
  orthogonality,
  weightDecay,
  l1Proximal,
  groupL1,
  maxNorm,
};

interface Named<Kind extends Regularizer> {
  readonly name: RegularizerName;
  readonly regularizer: Kind;
}

const entries = Object.entries(regularizers).map(([name, regularizer]) => ({
  name,
  regularizer,
})) as readonly Named<Regularizer>[];

const having = <Kind extends Regularizer>(is: (regularizer: Regularizer) => regularizer is Kind) =>
  entries.filter((entry): entry is Named<Kind> => is(entry.regularizer));

const penalties = having((held): held is Penalty => held.kind === "penalty");
const elementwiseSteps = having((held): held is ElementwiseProximalStep => "elementwise" in held);
const unitSteps = having(
  (held): held is Extract<Regularizer, { apply: unknown }> => "apply" in held,
);
const terms = having((held): held is Exclude<Regularizer, Constraint> => "omega" in held);

/** A strength of 0 leaves its regularizer out. */
const inForce = <Kind extends Regularizer>(
  named: readonly Named<Kind>[],
  values: HyperparameterValues,
) => named.filter(({ name }) => values[name] > 0);

/** Gradient of the loss with its penalties, flat. */
export function addPenaltyGradients(gradient: Tensor, inputs: RegularizerInputs): Tensor {
  const { hyperparameters } = inputs;
  let sum = gradient;
  for (const { name, regularizer } of inForce(penalties, hyperparameters.values)) {
    sum = tf.add(sum, tf.mul(hyperparameters.tensor(name), regularizer.gradient(inputs)));
  }
  return sum;
}

/** Which element-wise steps are in force; part of the key of an update rule. */
export function elementwiseStepNames(values: HyperparameterValues): readonly RegularizerName[] {
  return inForce(elementwiseSteps, values).map(({ name }) => name);
}

/** The weights after the element-wise proximal steps named. */
export function takeElementwiseSteps<V>(
  algebra: Algebra<V>,
  weights: V,
  names: readonly RegularizerName[],
  context: ElementwiseContext<V>,
): V {
  return elementwiseSteps
    .filter(({ name }) => names.includes(name))
    .reduce((held, { regularizer }) => regularizer.elementwise(algebra, held, context), weights);
}

/** The weights after the proximal steps and constraints on whole units that are in force. */
export function takeUnitSteps(inputs: RegularizerInputs): Tensor {
  return inForce(unitSteps, inputs.hyperparameters.values).reduce(
    (weights, { regularizer }) => regularizer.apply({ ...inputs, weights }),
    inputs.weights,
  );
}

/** A term λ·Ω(w) in force, for the curves. */
export interface PenaltyTerm {
  readonly name: PenaltyTermName;
  readonly strength: number;
  readonly omega: Omega;
}

/** The terms in force: penalties, and what decay and proximal steps stand for. */
export function penaltyTermsInForce(values: HyperparameterValues): readonly PenaltyTerm[] {
  return inForce(terms, values).map(({ name, regularizer }) => ({
    name: name as PenaltyTermName,
    strength: values[name],
    omega: regularizer.omega,
  }));
}

/** Ω(w) as tensor operations, a scalar, also for the sums that the curves measure in another way. */
export function omegaByOperations(omega: Omega, inputs: RegularizerInputs): Tensor {
  if (typeof omega !== "string") return omega(inputs);
  const { weights, factors } = inputs;
  const sums: Readonly<Record<WeightSum, () => Tensor>> = {
    absolutes: () => tf.abs(weights),
    halfSquares: () => tf.mul(0.5, tf.square(weights)),
  };
  const values = sums[omega]();
  return tf.sum(factors ? tf.mul(values, factors) : values);
}
