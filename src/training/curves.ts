// Measures the points of the curves. Values stay on the device until a frame collects them in one read.

import type { DeviceExamples } from "./deviceExamples";
import { evaluate, evaluatedCount, partMetrics, sumCount } from "./evaluation";
import type { HyperparameterValues } from "./hyperparameters";
import { weightScalarNames, weightScalars } from "./metrics";
import type { NetworkValues } from "./network";
import { clippedNorm } from "./optimizers/clipping";
import { type Omega, type PenaltyTerm, penaltyTermsInForce } from "./regularizers";
import type { TrainingRun } from "./run";
import { measuredBuffers } from "./statistics";
import type { CurvePoint } from "./telemetry";
import { type Tensor, type Tensor1D, tf, tidy } from "./tensors";

/** Training and validation examples behind one point, each; full parts are evaluated only on request. */
export const evaluationLimit = 1000;

/** In training mode, batches of the experiment's size are evaluated, at most so many. */
const mostBatches = 32;

/** Place of the gradient's norm, behind the sums of train, validation and averaged validation. */
const firstScalar = 3 * sumCount;

/** Place of the penalties that are none of the sums measured in any case. */
const firstOwn = firstScalar + 1 + weightScalarNames.length;

/** Penalties at strength 1 that are measured by functions of their own, while they are in force. */
const ownOmegas = (terms: readonly PenaltyTerm[]) =>
  terms.map(({ omega }) => omega).filter((omega) => typeof omega !== "string");

interface PendingPoint {
  readonly step: number;
  readonly epoch: number;
  readonly hasGradient: boolean;
  /** What the last step was taken with. */
  readonly used: HyperparameterValues | null;
  /** Examples evaluated. */
  readonly counts: { readonly train: number; readonly validation: number };
  readonly hasAverage: boolean;
  readonly again: boolean;
  /** Penalty terms in force when it was measured. */
  readonly terms: readonly PenaltyTerm[];
  readonly values: Tensor1D;
}

export class Curves {
  private pending: PendingPoint[] = [];

  constructor(
    private readonly run: TrainingRun,
    private readonly breathe: () => Promise<void>,
  ) {}

  /** Measures the run as it stands. @param again in place of an earlier point of the same step */
  async measure(again = false): Promise<void> {
    const { run, breathe } = this;
    const values = run.snapshot();
    const [step, epoch] = [run.step, run.epoch];
    const { gradientNorm: norm, values: used } = run.last;
    const terms = penaltyTermsInForce(run.hyperparameters.values);
    const rest = tidy(() =>
      tf.concat([
        tf.reshape(norm ?? tf.scalar(0), [1]),
        weightScalars(run.weights, run.kernels, run.scope),
        ...ownOmegas(terms).map((omega) => tf.reshape(omega(run.regularized), [1])),
      ]),
    );
    const { evaluator } = run;
    const asTraining = evaluator.mode(0).training;
    const limit = asTraining
      ? Math.min(evaluationLimit, mostBatches * evaluator.chunk)
      : evaluationLimit;
    const count = (part: DeviceExamples) => evaluatedCount(evaluator, part.count, limit);
    const counts = { train: count(run.train), validation: count(run.validation) };
    const train = await evaluate(evaluator, values, run.train, limit, breathe);
    const validation = await evaluate(evaluator, values, run.validation, limit, breathe);
    const average = await this.averagedValues(run);
    const averaged = average
      ? await evaluate(evaluator, average, run.validation, limit, breathe)
      : tf.zeros<tf.Rank.R1>([sumCount]);
    const measured = tidy(() => tf.concat([train, validation, averaged, rest as Tensor1D]));
    tf.dispose([values as never, (average ?? []) as never, train, validation, averaged, rest]);
    this.pending.push({
      step,
      epoch,
      hasGradient: norm !== null,
      used,
      counts,
      terms,
      values: measured,
      hasAverage: average !== null,
      again,
    });
  }

  /** The averaged weights, with running statistics of their own where the network keeps any. */
  private async averagedValues(run: TrainingRun): Promise<NetworkValues | null> {
    const average = run.averagedSnapshot();
    if (!average || Object.keys(average.buffers).length === 0) return average;
    const { batchSize } = run.experiment.optimizer;
    const extent = { limit: evaluationLimit, batchSize };
    const { network, train } = run;
    const buffers = await measuredBuffers(network, average, train, extent, this.breathe);
    tf.dispose(average.buffers as never);
    return { ...average, buffers };
  }

  /** All points measured since the last call. Read one by one: stacked, every number of them would be a program of its own on WebGL. */
  async collect(): Promise<CurvePoint[]> {
    const points = this.pending;
    if (points.length === 0) return [];
    this.pending = [];
    const values = await Promise.all(points.map((point) => point.values.data()));
    tf.dispose(points.map((point) => point.values as Tensor));
    return points.map((point, index) => this.decode(point, values[index] as Float32Array));
  }

  /** Forgets what was measured and not yet read. */
  clear(): void {
    tf.dispose(this.pending.map((point) => point.values as Tensor));
    this.pending = [];
  }

  private decode(point: PendingPoint, values: Float32Array): CurvePoint {
    const { run } = this;
    const at = (index: number) => values[index] as number;
    const scalar = (name: (typeof weightScalarNames)[number]) =>
      at(firstScalar + 1 + weightScalarNames.indexOf(name));
    const own = ownOmegas(point.terms);
    const omegaOf = (omega: Omega) =>
      typeof omega === "string" ? scalar(omega) : at(firstOwn + own.indexOf(omega));
    const { type } = run.evaluator;
    const { counts, used } = point;
    const norm = at(firstScalar);
    return {
      step: point.step,
      epoch: point.epoch,
      train: partMetrics(type, [at(0), at(1), at(2)], counts.train),
      validation: partMetrics(type, [at(3), at(4), at(5)], counts.validation),
      ...(point.hasAverage && {
        averaged: partMetrics(type, [at(6), at(7), at(8)], counts.validation),
      }),
      penalties: Object.fromEntries(
        point.terms.map(({ name, strength, omega }) => [name, strength * omegaOf(omega)]),
      ),
      gradientNorm: point.hasGradient ? norm : null,
      ...(point.hasGradient && used && { clippedNorm: clippedNorm(norm, used.clipNorm) }),
      ...(used && { learningRate: used.learningRate }),
      weightNorm: scalar("weightNorm"),
      nearZero: scalar("nearZero"),
      exactZero: scalar("exactZero"),
      ...(point.again && { again: true }),
    };
  }
}
