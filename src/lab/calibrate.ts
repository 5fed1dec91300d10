// Temperature scaling: one number that makes a trained network's confidence honest without changing a single prediction.

export interface FittedTemperature {
  /** Logits are divided by it; above 1 makes predictions less confident. */
  readonly temperature: number;
  /**
   * Where the loss has no minimum within bounds: "sharper" when every example is right (T → 0),
   * "flatter" when guessing is better than the network (T → ∞). Else null.
   */
  readonly limit: "sharper" | "flatter" | null;
}

/** Temperatures are looked for within these multiples of the largest difference between two logits of an example. */
const [lowest, highest] = [1e-9, 1e9];
/** Logits beyond this would overflow on the way; differences below its inverse count as none. */
const largestLogit = 1e150;
/** Halvings of the bounds' logarithm (41 wide): the last one is below 1e-12. */
const halvings = 46;

/** @throws RangeError naming what does not fit. */
function check(logits: ArrayLike<number>, labels: ArrayLike<number>, classes: number): void {
  if (!Number.isInteger(classes) || classes < 2) {
    throw new RangeError(`classes is ${classes}: it must be a whole number of at least 2.`);
  }
  const count = labels.length;
  if (count === 0) throw new RangeError("There are no labels: at least one example is needed.");
  if (logits.length !== count * classes) {
    throw new RangeError(
      `There are ${logits.length} logits: ${count} examples with ${classes} classes need ${count * classes}.`,
    );
  }
  for (let i = 0; i < count; i++) {
    const label = labels[i] as number;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(`Label ${i} is ${label}: it must be one of 0 … ${classes - 1}.`);
    }
  }
  for (let i = 0; i < logits.length; i++) {
    if (!(Math.abs(logits[i] as number) <= largestLogit)) {
      throw new RangeError(
        `Logit ${i} is ${logits[i]}: it must lie in −${largestLogit} … ${largestLogit}.`,
      );
    }
  }
}

/** The logits of each example less its largest one, and the largest difference of all. */
function shifted(logits: ArrayLike<number>, classes: number) {
  const values = Float64Array.from(logits);
  let spread = 0;
  for (let start = 0; start < values.length; start += classes) {
    const row = values.subarray(start, start + classes);
    const largest = row.reduce((a, b) => Math.max(a, b));
    for (let k = 0; k < classes; k++) {
      row[k] = (row[k] as number) - largest;
      spread = Math.max(spread, -(row[k] as number));
    }
  }
  return { values, spread };
}

/**
 * Slope of the loss by the inverse temperature β, Σ (E_softmax(βz)[z] − z_label), which rises with β: the loss is convex in it.
 * @param values shifted logits
 */
function slope(values: Float64Array, labels: ArrayLike<number>, classes: number, inverse: number) {
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    const start = i * classes;
    let [weights, weighted] = [0, 0];
    for (let k = 0; k < classes; k++) {
      const value = values[start + k] as number;
      const weight = Math.exp(value * inverse);
      weights += weight;
      weighted += weight * value;
    }
    total += weighted / weights - (values[start + (labels[i] as number)] as number);
  }
  return total;
}

/**
 * Mean negative log likelihood of softmax(logits/T), nats.
 * @param logits row-major [count, classes], finite; @param labels [count]; @param temperature above 0
 * @throws RangeError naming the entry that does not fit
 */
export function nllAtTemperature(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
  temperature: number,
): number {
  check(logits, labels, classes);
  if (!(temperature > 0)) {
    throw new RangeError(`The temperature is ${temperature}: it must be above 0.`);
  }
  const { values } = shifted(logits, classes);
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    const start = i * classes;
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp((values[start + k] as number) / temperature);
    total += Math.log(sum) - (values[start + (labels[i] as number)] as number) / temperature;
  }
  return total / labels.length;
}

/**
 * The temperature T > 0 that minimizes the loss of softmax(logits/T) (Guo et al. 2017), found by bisection of the loss's slope to a
 * relative 1e-12. Fit it on validation, never on training examples. 1 when no temperature changes anything (all logits equal).
 * @param logits row-major [count, classes], finite; @param labels true classes [count]
 * @throws RangeError naming the entry that does not fit
 */
export function fitTemperature(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): FittedTemperature {
  check(logits, labels, classes);
  const { values, spread } = shifted(logits, classes);
  if (spread < 1 / largestLogit) return { temperature: 1, limit: null };
  const slopeAt = (temperature: number) => slope(values, labels, classes, 1 / temperature);
  const [sharpest, flattest] = [lowest * spread, highest * spread];
  if (slopeAt(sharpest) <= 0) return { temperature: sharpest, limit: "sharper" };
  if (slopeAt(flattest) >= 0) return { temperature: flattest, limit: "flatter" };
  let [low, high] = [Math.log(sharpest), Math.log(flattest)];
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (slopeAt(Math.exp(middle)) > 0) low = middle;
    else high = middle;
  }
  return { temperature: Math.exp((low + high) / 2), limit: null };
}
