// At which steps the curves are measured: fixed by the experiment, never by the clock, so that two runs give the same points.

/** Most points of a whole run, as many as a chart draws. */
export const maximumPoints = 300;
/** A run has about this many points even where measuring is dear: fewer would not make a curve. */
const fewestPoints = 40;
/** Share of the computing that measuring may take. */
const measuringShare = 0.015;
/** Share where training itself goes by the points: early stopping must not learn of the best moment long after it. */
const judgingShare = 0.15;
/** In a short run it may take this many multiply-adds all the same: a fifth of a second, in which nobody waits. */
const shortRunCost = 2e9;
/** A step or a measurement costs at least as much as this many multiply-adds, for starting its operations. */
const startCost = 1e7;

export interface ScheduleInput {
  /** Multiply-adds of one example's way forward. */
  readonly multiplyAdds: number;
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  /** Examples that one point evaluates, train and validation together. */
  readonly evaluated: number;
  /** Early stopping judges the points. */
  readonly judged?: boolean;
}

/** Steps between two points, at least 1. Forward costs 1, forward and backward 3 per multiply-add. */
export function stepsBetweenPoints(input: ScheduleInput): number {
  const { multiplyAdds, batchSize, stepsPerEpoch, epochs, evaluated, judged = false } = input;
  const step = 3 * multiplyAdds * batchSize + startCost;
  const point = multiplyAdds * evaluated + 1.4 * startCost;
  const total = stepsPerEpoch * epochs;
  const allowed = Math.max((judged ? judgingShare : measuringShare) * step * total, shortRunCost);
  const affordable = Math.ceil((point * total) / allowed);
  return Math.max(
    1,
    Math.ceil(total / maximumPoints),
    Math.min(affordable, Math.floor(total / fewestPoints)),
  );
}

/**
 * True when the curves have a point after `step` steps. Points fall on ends of epochs where an epoch is shorter
 * than the distance between points, and divide each epoch evenly, its end included, where it is longer.
 */
export function isPointDue(step: number, stepsPerEpoch: number, between: number): boolean {
  if (between >= stepsPerEpoch) {
    const epochs = Math.round(between / stepsPerEpoch);
    return step % (stepsPerEpoch * epochs) === 0;
  }
  const perEpoch = Math.max(1, Math.floor(stepsPerEpoch / between));
  const within = step % stepsPerEpoch;
  const part = Math.round((within * perEpoch) / stepsPerEpoch);
  return Math.round((part * stepsPerEpoch) / perEpoch) === within;
}
