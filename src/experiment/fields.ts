// The vocabulary of a setting: one entry says its type, bounds, default, texts and scale, and everything else is read from it.
import * as v from "valibot";

/** How a slider moves: evenly, or evenly in the logarithm (with an extra stop at 0 where 0 is allowed). */
export type Scale = "linear" | "logarithmic";

/** What a change of the setting means for a run that is training. */
export type Effect =
  /** Applies at once and leaves a mark on the curves. */
  | "live"
  /** Needs a new run: another architecture, data set or start. */
  | "new run";

interface Common {
  /** Short name in links and on the command line; never the start of an HTML entity. */
  readonly key: string;
  readonly label: string;
  readonly effect: Effect;
  /** Shown only when opened by the user: settings that most experiments leave alone. */
  readonly advanced?: boolean;
  /**
   * A live setting that decides which operations a training step has, so that each change needs a new recording. Left out: its
   * value reaches recorded steps through memory that they read.
   */
  readonly recorded?: "structure";
}

/** What a regularizer on weights is; its value and gradient, or its step, are in training/regularizers/. */
export type RegularizerKind =
  /** A term in the loss; its gradient goes through the optimizer. */
  | "penalty"
  /** A shrinkage in the update itself, beside the scaled gradient. */
  | "decoupled decay"
  /** A proximal operator after the optimizer's step, with threshold η·λ. */
  | "proximal step"
  /** A projection after the optimizer's step; its value is a limit, not a strength. */
  | "constraint";

export interface RegularizerDeclaration {
  readonly kind: RegularizerKind;
  /** What it can act on: any parameter, as the scope setting says, or kernels only, whatever the scope. */
  readonly acts: "on parameters" | "on kernels";
}

export interface NumberField extends Common {
  readonly type: "real" | "integer";
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
  readonly scale: Scale;
  /** Smallest positive stop of a logarithmic slider; below it comes only the minimum. */
  readonly smallest?: number;
  readonly snaps: readonly number[];
  /** Display unit; "%" shows the share times 100. */
  readonly unit?: string;
  /**
   * A number that every training step reads: true for one named like the setting, or its name. Its neutral value, in force where
   * the setting does not act, is `neutral`.
   */
  readonly hyperparameter?: true | string;
  /** Left out: the default. */
  readonly neutral?: number;
  /** Strengths of regularizers on weights; all but constraints follow the strength schedule. */
  readonly regularizer?: RegularizerDeclaration;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface ChoiceField extends Common {
  readonly type: "choice";
  readonly choices: readonly Choice[];
  readonly default: string;
}

/** Widths of the hidden layers, from none (a linear model) to `maximumLayers`. */
export interface WidthsField extends Common {
  readonly type: "widths";
  readonly minimum: number;
  readonly maximum: number;
  readonly maximumLayers: number;
  readonly default: readonly number[];
}

/** One factor for each layer with a kernel, in forward order; a layer without one has 1. */
export interface MultipliersField extends Common {
  readonly type: "multipliers";
  readonly minimum: number;
  readonly maximum: number;
  readonly maximumLayers: number;
  readonly default: readonly number[];
}

export type Field = NumberField | ChoiceField | WidthsField | MultipliersField;
export type FieldValue = number | string | readonly number[];

type NumberOptions = Omit<NumberField, "type">;

/** Lets types read what a schema entry declares; nothing at run time. */
export interface Declares<Options> {
  readonly declares?: Options;
}

/** A real number within closed bounds. */
export function real<const Options extends NumberOptions>(options: Options) {
  const field: NumberField = { ...options, type: "real" };
  const schema = v.pipe(
    v.number(),
    v.finite(),
    v.minValue(field.minimum),
    v.maxValue(field.maximum),
    v.metadata({ field }),
  );
  return schema as typeof schema & Declares<Options>;
}

/** A whole number within closed bounds. */
export function integer(options: NumberOptions) {
  const field: NumberField = { ...options, type: "integer" };
  return v.pipe(
    v.number(),
    v.integer(),
    v.minValue(field.minimum),
    v.maxValue(field.maximum),
    v.metadata({ field }),
  );
}

type StrengthOptions = Pick<NumberField, "key" | "label" | "smallest" | "snaps" | "maximum"> &
  Pick<Common, "advanced"> & { readonly regularizer: RegularizerDeclaration };

/** The strength of a regularizer on weights, or the limit of a constraint: 0 is off, live, on a logarithmic slider. */
export function strength<const Options extends StrengthOptions>(options: Options) {
  const schema = real({
    effect: "live",
    minimum: 0,
    default: 0,
    scale: "logarithmic",
    hyperparameter: true,
    ...options,
  });
  return schema as typeof schema & Declares<Options & { readonly hyperparameter: true }>;
}

/** One of a closed list of names. */
export function choice<const T extends readonly Choice[]>(
  options: Omit<ChoiceField, "type" | "choices" | "default"> & {
    readonly choices: T;
    readonly default: T[number]["value"];
  },
) {
  const field: ChoiceField = { ...options, type: "choice" };
  const values = options.choices.map((entry) => entry.value) as T[number]["value"][];
  return v.pipe(v.picklist(values), v.metadata({ field }));
}

/** A list of layer widths; empty means no hidden layer. */
export function widths(options: Omit<WidthsField, "type">) {
  const field: WidthsField = { ...options, type: "widths" };
  return v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(field.minimum), v.maxValue(field.maximum))),
    v.maxLength(field.maximumLayers),
    v.readonly(),
    v.metadata({ field }),
  );
}

/** A list of factors, one per layer; the empty list is 1 for all. */
export function multipliers(options: Omit<MultipliersField, "type">) {
  const field: MultipliersField = { ...options, type: "multipliers" };
  return v.pipe(
    v.array(v.pipe(v.number(), v.finite(), v.minValue(field.minimum), v.maxValue(field.maximum))),
    v.maxLength(field.maximumLayers),
    v.readonly(),
    v.metadata({ field }),
  );
}
