// Medians and quartiles: on a machine that does other things too, a mean says little.

export interface Spread {
  readonly median: number;
  /** First and third quartile: half of the values lie between them. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/**
 * Value below which a share of the sorted values lies, linear between neighbours (type 7 of Hyndman & Fan 1996).
 * @param share in [0, 1]. @throws RangeError without values.
 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError("There is no quantile of no values.");
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (place - below);
}

/** Median and quartiles. @throws RangeError without values. */
export function spreadOf(values: readonly number[]): Spread {
  return {
    median: quantile(values, 0.5),
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
    count: values.length,
  };
}

/**
 * How many times larger `others` is than `ours`: the ratio of the medians, with the quartiles of the ratios round by round.
 * Both lists hold one value per round, in the same order. @throws RangeError without values.
 */
export function ratioOf(others: readonly number[], ours: readonly number[]): Spread {
  const rounds = Math.min(others.length, ours.length);
  const each = Array.from(
    { length: rounds },
    (_, round) => (others[round] as number) / (ours[round] as number),
  );
  const { low, high, count } = spreadOf(each);
  return { median: quantile(others, 0.5) / quantile(ours, 0.5), low, high, count };
}
