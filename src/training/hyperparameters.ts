// Numbers that a step reads, held as small tensors: a live change writes a tensor and nothing is compiled or baked in.
import {
  neutralSettings,
  type RegularizerName,
  regularizerEntries,
  type HyperparameterName as SettingName,
} from "../experiment/hyperparameters";
import { type Tensor, tf } from "./tensors";

/** Coupled decay is PyTorch's weight_decay, added before clipping; experiments ask for the L2 penalty instead. */
export type HyperparameterName = SettingName | "coupledDecay";

/** Steps of η·λ. */
type ThresholdName = `${RegularizerName<"proximal step">}Threshold`;

/** Quantities that follow from others and from the step. */
export type DerivedName =
  | "oneMinusBeta1"
  | "oneMinusBeta2"
  | "oneMinusSquareDecay"
  | "firstCorrection"
  | "secondCorrectionRoot"
  | ThresholdName
  | "oneMinusAverageDecay";

export type HyperparameterValues = Readonly<Record<HyperparameterName, number>>;

/** All strengths off, all rates at their usual defaults. */
export const neutralHyperparameters: HyperparameterValues = { ...neutralSettings, coupledDecay: 0 };

const proximalNames = regularizerEntries
  .filter(({ kind }) => kind === "proximal step")
  .map(({ name }) => name);

function thresholds(values: HyperparameterValues): Record<ThresholdName, number> {
  return Object.fromEntries(
    proximalNames.map((name) => [`${name}Threshold`, values.learningRate * values[name]]),
  ) as Record<ThresholdName, number>;
}

/** Computed in double precision: 1 − 0.999 in float32 would already be off in the fifth digit. */
function derive(values: HyperparameterValues, step: number): Record<DerivedName, number> {
  return {
    oneMinusBeta1: 1 - values.beta1,
    oneMinusBeta2: 1 - values.beta2,
    oneMinusSquareDecay: 1 - values.squareDecay,
    // As factors: a processor multiplies several times as fast as it divides.
    firstCorrection: 1 / (1 - values.beta1 ** step),
    secondCorrectionRoot: 1 / Math.sqrt(1 - values.beta2 ** step),
    ...thresholds(values),
    oneMinusAverageDecay: 1 - values.averageDecay,
  };
}

/** Any number of a step. */
export type ScalarName = HyperparameterName | DerivedName;

/** Order of the values in the vector of all. */
export const scalarNames: readonly ScalarName[] = [
  ...(Object.keys(neutralHyperparameters) as HyperparameterName[]),
  ...(Object.keys(derive(neutralHyperparameters, 1)) as DerivedName[]),
];

/** Where scalars are kept as tensors. */
export interface ScalarStore {
  /** The vector of all is there from the start: made while a step is recorded, it would not outlive the recording. */
  readonly keepsVector: boolean;
  set(name: string, value: number): void;
  setVector(name: string, values: Float32Array<ArrayBuffer>): void;
  /** Undefined when it was never set. */
  get(name: string): Tensor | undefined;
  dispose(): void;
}

/** Each scalar is a new tensor when its value changes. */
class FreshScalars implements ScalarStore {
  readonly keepsVector = false;
  private readonly held = new Map<string, { value: number; tensor: Tensor }>();

  set(name: string, value: number): void {
    if (this.held.get(name)?.value !== value) this.replace(name, value, tf.scalar(value));
  }

  setVector(name: string, values: Float32Array<ArrayBuffer>): void {
    this.replace(name, Number.NaN, tf.tensor1d(values));
  }

  private replace(name: string, value: number, tensor: Tensor): void {
    this.held.get(name)?.tensor.dispose();
    this.held.set(name, { value, tensor: tf.keep(tensor) });
  }

  get(name: string): Tensor | undefined {
    return this.held.get(name)?.tensor;
  }

  dispose(): void {
    for (const { tensor } of this.held.values()) tensor.dispose();
    this.held.clear();
  }
}

const vectorName = "all";

/** The tensors of one run's hyper-parameters; each is written again only when its value changes. */
export class Hyperparameters {
  private current: HyperparameterValues;
  private numbers: Readonly<Partial<Record<ScalarName, number>>> = {};
  /** Somebody reads the vector of all: it is kept up to date. */
  private hasVector: boolean;

  /** @param scalars taken over. */
  constructor(
    values: HyperparameterValues,
    private readonly scalars: ScalarStore = new FreshScalars(),
  ) {
    this.current = values;
    this.hasVector = scalars.keepsVector;
  }

  /** Values in force. */
  get values(): HyperparameterValues {
    return this.current;
  }

  /** Sets the values of step `step`, counted from 1. */
  prepare(values: HyperparameterValues, step: number): void {
    this.current = values;
    this.numbers = { ...values, ...derive(values, step) };
    for (const name in this.numbers) {
      this.scalars.set(name, this.numbers[name as ScalarName] as number);
    }
    if (this.hasVector) this.writeVector();
  }

  /** The number of a name. @throws when prepare was never called. */
  number(name: ScalarName): number {
    const value = this.numbers[name];
    if (value === undefined) throw new Error(`Hyper-parameter ${name} was not prepared.`);
    return value;
  }

  /** The scalar tensor of a name. @throws when prepare was never called. */
  tensor(name: ScalarName): Tensor {
    const tensor = this.scalars.get(name);
    if (!tensor) throw new Error(`Hyper-parameter ${name} was not prepared.`);
    return tensor;
  }

  /** All of them in the order of `scalarNames`, for programs that read them from one buffer. @throws when prepare was never called. */
  vector(): Tensor {
    if (!this.hasVector) this.writeVector();
    this.hasVector = true;
    return this.scalars.get(vectorName) as Tensor;
  }

  dispose(): void {
    this.scalars.dispose();
  }

  private writeVector(): void {
    this.scalars.setVector(
      vectorName,
      Float32Array.from(scalarNames, (name) => this.number(name)),
    );
  }
}
