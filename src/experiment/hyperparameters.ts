// The numbers that every training step reads, and the regularizers on weights, as the schema declares them: names, neutral values, paths.
import type { Declares, NumberField, RegularizerDeclaration, RegularizerKind } from "./fields";
import {
  type Experiment,
  type experimentSchema,
  type FieldPath,
  fieldEntries,
  getValue,
  type SectionName,
} from "./schema";

/** The declaration behind a schema entry, with its literal types. */
type FieldIn<Entry> = Entry extends Declares<infer Options> ? NonNullable<Options> : unknown;
type Sections = typeof experimentSchema.entries;
type FieldsOf<Section extends SectionName> = {
  [Name in keyof Sections[Section]["entries"] & string]: FieldIn<
    Sections[Section]["entries"][Name]
  >;
};

type HyperparameterIn<Fields> = {
  [Name in keyof Fields & string]: Fields[Name] extends { readonly hyperparameter: infer Declared }
    ? Declared extends string
      ? Declared
      : Name
    : never;
}[keyof Fields & string];

/** Name of a number that a step reads: that of its setting unless the setting declares another. */
export type HyperparameterName = {
  [Section in SectionName]: HyperparameterIn<FieldsOf<Section>>;
}[SectionName];

type Regularization = FieldsOf<"regularization">;
/** Name of a regularizer on weights: that of its strength. */
export type RegularizerName<Kind extends RegularizerKind = RegularizerKind> = {
  [Name in keyof Regularization]: Regularization[Name] extends {
    readonly regularizer: { readonly kind: Kind };
  }
    ? Name
    : never;
}[keyof Regularization];

/** Regularizers that are a term of the loss, or stand for one: λ·Ω(w) can be drawn as a curve. */
export type PenaltyTermName = RegularizerName<"penalty" | "decoupled decay" | "proximal step">;

interface Declared {
  readonly name: HyperparameterName;
  readonly path: FieldPath;
  readonly field: NumberField;
  readonly neutral: number;
}

const declared: readonly Declared[] = fieldEntries.flatMap(({ path, field }) => {
  if (!("hyperparameter" in field) || field.hyperparameter === undefined) return [];
  const own = path.slice(path.indexOf(".") + 1);
  const name = field.hyperparameter === true ? own : field.hyperparameter;
  const neutral = field.neutral ?? field.default;
  return [{ name: name as HyperparameterName, path, field, neutral }];
});

export type HyperparameterRecord = Readonly<Record<HyperparameterName, number>>;

const recordOf = (number: (declaration: Declared) => number) =>
  Object.fromEntries(declared.map((one) => [one.name, number(one)])) as HyperparameterRecord;

/** All regularizers off, everything else at its default. */
export const neutralSettings: HyperparameterRecord = recordOf(({ neutral }) => neutral);

/** The experiment's values; what does not act in it is neutral. @param acts whether a setting acts in it */
export function hyperparameterSettings(
  experiment: Experiment,
  acts: (experiment: Experiment, path: FieldPath) => boolean,
): HyperparameterRecord {
  return recordOf(({ path, neutral }) =>
    acts(experiment, path) ? (getValue(experiment, path) as number) : neutral,
  );
}

export interface RegularizerEntry extends RegularizerDeclaration {
  readonly name: RegularizerName;
  readonly label: string;
}

/** Every regularizer on weights, in schema order. */
export const regularizerEntries: readonly RegularizerEntry[] = declared.flatMap(
  ({ name, field: { label, regularizer } }) =>
    regularizer ? [{ ...regularizer, name: name as RegularizerName, label }] : [],
);

const isTerm = ({ kind }: RegularizerEntry) => kind !== "constraint";

/** Those that are a term of the loss, or stand for one. The strength schedule acts on them. */
export const penaltyTerms = regularizerEntries.filter(isTerm) as readonly (RegularizerEntry & {
  readonly name: PenaltyTermName;
})[];
