// The one source of truth: everything an experiment can set, as one valibot schema that controls, links and the command line read; help.ts has the words for each setting.
import * as v from "valibot";
import type { Field, FieldValue } from "./fields";
import { integer } from "./fields";
import { augmentationSection } from "./sections/augmentation";
import { averagingSection } from "./sections/averaging";
import { dataSection } from "./sections/data";
import { lossSection } from "./sections/loss";
import { modelSection } from "./sections/model";
import { optimizerSection } from "./sections/optimizer";
import { regularizationSection } from "./sections/regularization";
import { stoppingSection } from "./sections/stopping";

export const experimentSchema = v.strictObject({
  data: dataSection,
  model: modelSection,
  regularization: regularizationSection,
  augmentation: augmentationSection,
  loss: lossSection,
  optimizer: optimizerSection,
  averaging: averagingSection,
  stopping: stoppingSection,
  seed: integer({
    key: "seed",
    label: "Seed",
    effect: "new run",
    minimum: 0,
    // Seeds that differ only in the highest bit would give partly equal numbers.
    maximum: 2_147_483_647,
    default: 1,
    scale: "linear",
    snaps: [],
  }),
});

type DeepReadonly<T> = T extends readonly (infer U)[]
  ? readonly U[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** What is tried: plain, frozen data. */
export type Experiment = DeepReadonly<v.InferOutput<typeof experimentSchema>>;

export type SectionName =
  | "data"
  | "model"
  | "regularization"
  | "augmentation"
  | "loss"
  | "optimizer"
  | "averaging"
  | "stopping";
type Paths = {
  [S in SectionName]: `${S}.${Extract<keyof Experiment[S], string>}`;
}[SectionName];
/** Address of one setting, such as "regularization.weightDecay". */
export type FieldPath = Paths | "seed";

export interface FieldEntry {
  readonly path: FieldPath;
  readonly section: SectionName | "seed";
  readonly field: Field;
}

function fieldOf(schema: unknown): Field {
  return (v.getMetadata(schema as never) as { field: Field }).field;
}

function listFields(): FieldEntry[] {
  const entries: FieldEntry[] = [];
  for (const [section, schema] of Object.entries(experimentSchema.entries)) {
    if (section === "seed") {
      entries.push({ path: "seed", section: "seed", field: fieldOf(schema) });
      continue;
    }
    const inner = (schema as { entries: Record<string, unknown> }).entries;
    for (const [name, entry] of Object.entries(inner)) {
      entries.push({
        path: `${section}.${name}` as FieldPath,
        section: section as SectionName,
        field: fieldOf(entry),
      });
    }
  }
  return entries;
}

/** Every setting in schema order; this order is also that of links. */
export const fieldEntries: readonly FieldEntry[] = listFields();

const byPath = new Map(fieldEntries.map((entry) => [entry.path, entry]));
const byKey = new Map(fieldEntries.map((entry) => [entry.field.key, entry]));

/** The entry of a path. @throws RangeError when there is none. */
export function fieldEntry(path: FieldPath): FieldEntry {
  const entry = byPath.get(path);
  if (!entry) throw new RangeError(`There is no setting "${path}".`);
  return entry;
}

/** The entry that a name means, whether a path ("optimizer.learningRate") or a link key ("rate"). */
export function findField(name: string): FieldEntry | undefined {
  return byPath.get(name as FieldPath) ?? byKey.get(name);
}

/** Value of one setting. */
export function getValue(experiment: Experiment, path: FieldPath): FieldValue {
  if (path === "seed") return experiment.seed;
  const [section, name] = path.split(".") as [SectionName, string];
  return (experiment[section] as Record<string, FieldValue>)[name] as FieldValue;
}

/** A frozen copy with one setting replaced. The value is not checked: see validate.ts. */
export function withValue(experiment: Experiment, path: FieldPath, value: FieldValue): Experiment {
  const held = Array.isArray(value) ? Object.freeze([...value]) : value;
  if (path === "seed") return Object.freeze({ ...experiment, seed: held as number });
  const [section, name] = path.split(".") as [SectionName, string];
  return Object.freeze({
    ...experiment,
    [section]: Object.freeze({ ...experiment[section], [name]: held }),
  }) as Experiment;
}

function makeDefault(): Experiment {
  const plain: Record<string, unknown> = {};
  for (const { path, section, field } of fieldEntries) {
    const value = Array.isArray(field.default) ? Object.freeze([...field.default]) : field.default;
    if (section === "seed") {
      plain.seed = value;
      continue;
    }
    const held = (plain[section] ?? {}) as Record<string, unknown>;
    plain[section] = held;
    held[path.slice(section.length + 1)] = value;
  }
  for (const part of Object.values(plain)) if (typeof part === "object") Object.freeze(part);
  return Object.freeze(plain) as Experiment;
}

/** The experiment in which every setting has its default: the first visit's. */
export const defaultExperiment: Experiment = makeDefault();

/** True when both hold the same value (lists by content). */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => item === b[index]);
  }
  return a === b;
}
