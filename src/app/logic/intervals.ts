// How sure a share of right answers is, and a difference of two: so that few examples are not taken for proof.

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Right answers among some examples; 0 ≤ right ≤ count, count ≥ 1. */
export interface Counted {
  readonly right: number;
  readonly count: number;
}

/** Standard deviations within which 95 % of normal values lie. */
const deviations = 1.959964;

/** Wilson's score interval of 95 % (1927) of a share, within [0, 1]: sound for few examples and for shares near 0 and 1. */
export function wilson({ right, count }: Counted): Interval {
  const z = deviations;
  const share = right / count;
  const stretch = 1 + (z * z) / count;
  const middle = (share + (z * z) / (2 * count)) / stretch;
  const reach =
    (z / stretch) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

/** ln k! for k = 0 … count. */
function logFactorials(count: number): Float64Array {
  const logs = new Float64Array(count + 1);
  for (let k = 1; k <= count; k++) logs[k] = (logs[k - 1] as number) + Math.log(k);
  return logs;
}

/** Tables as likely as the one at hand may come out a little likelier by rounding. */
const slack = 1e-7;

/**
 * Fisher's exact test (1922), both sides: how likely shares at least as different as these are by chance alone, where
 * the two groups are equally good. The sum over all tables with the same margins that are no likelier than this one.
 * @returns a probability in (0, 1]
 */
export function chanceOf(one: Counted, other: Counted): number {
  const count = one.count + other.count;
  const right = one.right + other.right;
  const logs = logFactorials(count);
  const choose = (n: number, k: number) =>
    (logs[n] as number) - (logs[k] as number) - (logs[n - k] as number);
  const logChance = (held: number) =>
    choose(one.count, held) + choose(other.count, right - held) - choose(count, right);
  const own = logChance(one.right) + slack;
  let sum = 0;
  for (let held = Math.max(0, right - other.count); held <= Math.min(one.count, right); held++) {
    const chance = logChance(held);
    if (chance <= own) sum += Math.exp(chance);
  }
  return Math.min(1, sum);
}
