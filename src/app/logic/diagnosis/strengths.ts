// Which regularizer acts strongest: every strength over the value at which it is strong, so that unlike ones can be compared.
import { applies } from "../../../experiment/applies";
import { type Experiment, type FieldPath, getValue } from "../../../experiment/schema";

type Strong = number | ((experiment: Experiment) => number);

/** Adam's step does not grow with the gradient, so a penalty's force over η is what counts; SGD sees it whole. */
const penalty =
  (adaptive: number, plain: number): Strong =>
  ({ optimizer }) =>
    optimizer.kind === "sgd" || optimizer.kind === "momentum" || optimizer.kind === "nesterov"
      ? plain
      : adaptive;

/** Values at which a regularizer by itself keeps a network from fitting what it should. */
const strong: { readonly [P in FieldPath]?: Strong } = {
  // Decoupled decay takes η·λ of every weight per step.
  "regularization.weightDecay": ({ optimizer }) => 0.03 / optimizer.learningRate,
  "regularization.l2": penalty(0.1, 0.3),
  "regularization.l1": penalty(0.02, 0.05),
  "regularization.l1Proximal": penalty(1, 0.15),
  "regularization.groupL1": penalty(2, 0.5),
  "regularization.dropoutHidden": 0.7,
  "regularization.dropoutInput": 0.6,
  "regularization.dropoutSpatial": 0.5,
  "regularization.dropoutHead": 0.8,
  "regularization.dropConnect": 0.7,
  "regularization.inputNoise": 1.5,
  "regularization.weightNoise": 0.3,
  "augmentation.mixup": 4,
};

/** Norms below this keep a unit from deciding anything. */
const tightNorm = 0.4;

/** The value at which a regularizer is strong in this experiment; ∞ where it is none. */
export function strongValue(experiment: Experiment, path: FieldPath): number {
  const limit = strong[path] ?? Number.POSITIVE_INFINITY;
  return typeof limit === "number" ? limit : limit(experiment);
}

export interface Strongest {
  readonly path: FieldPath;
  /** 1 is strong. */
  readonly severity: number;
}

/** The acting regularizer with the highest severity; null where none acts. */
export function strongestRegularizer(experiment: Experiment): Strongest | null {
  const found: Strongest[] = [];
  for (const path of Object.keys(strong) as FieldPath[]) {
    const value = getValue(experiment, path) as number;
    if (value <= 0 || !applies(experiment, path)) continue;
    found.push({ path, severity: value / strongValue(experiment, path) });
  }
  const { maxNorm } = experiment.regularization;
  if (maxNorm > 0) {
    found.push({ path: "regularization.maxNorm", severity: tightNorm / maxNorm });
  }
  return found.reduce<Strongest | null>(
    (most, each) => (most && most.severity >= each.severity ? most : each),
    null,
  );
}
