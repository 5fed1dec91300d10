// Reads the command line of `train`: an experiment by preset, link or file, then options.
import { existsSync, readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import type { AnswerKind } from "../data/table/plan";
import { tableName } from "../data/table/read";
import { applies } from "../experiment/applies";
import { decodeLink, encodeLink } from "../experiment/link";
import { findPreset, presets } from "../experiment/presets";
import {
  defaultExperiment,
  type Experiment,
  type FieldEntry,
  type FieldPath,
  fieldEntries,
  findField,
  getValue,
  sameValue,
  withValue,
} from "../experiment/schema";
import { recommendedSettings } from "../experiment/tasks";
import {
  type Correction,
  checkExperiment,
  checkValue,
  correctValues,
  idleText,
  parseValue,
} from "../experiment/validate";
import { type BackendChoice, backendNames } from "../training/backends/backend";
import { InputError } from "./errors";

export interface TrainArguments {
  readonly experiment: Experiment;
  readonly backend: BackendChoice;
  readonly dataFolder: string | null;
  readonly jsonFile: string | null;
  /** A table to learn from, in place of an experiment that names one. */
  readonly table: TableArguments | null;
}

/** What the command line says of a table; the rest follows from the file. */
export interface TableArguments {
  readonly file: string;
  /** Name or number of the column to predict, null for the likeliest. */
  readonly target: string | null;
  readonly as: AnswerKind | null;
  /** Settings of the command line, which stand above what follows from the file. */
  readonly settings: readonly string[];
}

export const usage = `Usage: npm run --silent train -- EXPERIMENT [options]
       npm run --silent train -- FILE.csv [--target COLUMN] [options]

EXPERIMENT is a preset's name, a link of the page (or its part after #), or a JSON file. A table
(CSV) is learned from as the page would: "npm run --silent inspect -- FILE.csv" says what it is
read as, and --set changes that (--set decimal=comma, --set header=values, --set without=3).
  --target COLUMN                  column of the table to predict, by name or number; default: the last
  --as classes|number              how it is predicted, where both are possible
  --backend auto|wasm|webgpu|cpu   default auto: times a few steps on each
  --epochs N                       same as --set optimizer.epochs=N
  --seed N                         same as --set seed=N
  --set PATH=VALUE                 any setting, by path (regularization.l1) or link name (l1); may be repeated
  --data FOLDER                    where data files lie (MNIST, Fashion-MNIST, CIFAR-10), or folders with them
                                   for own images: class folders of PNG files, a zip archive of them, or an .album file
  --json FILE                      writes the whole record of the run

Presets: ${presets.map((preset) => preset.name).join(", ")}
Exit code: 0 done, 2 bad input, 3 divergence.`;

const backends: readonly string[] = ["auto", ...backendNames.filter((name) => name !== "webgl")];

/** @throws InputError with a message for the user. */
export function readArguments(argv: readonly string[]): TrainArguments {
  const { values, positionals } = parse(argv);
  const [name, ...rest] = positionals;
  if (name === undefined) throw new InputError(`No experiment given.\n\n${usage}`);
  if (rest.length > 0)
    throw new InputError(`One experiment at a time: "${rest.join(" ")}" is too much.`);
  const settings = [...(values.set ?? [])];
  if (values.epochs !== undefined) settings.push(`optimizer.epochs=${values.epochs}`);
  if (values.seed !== undefined) settings.push(`seed=${values.seed}`);
  const table = tableOf(name, values, settings);
  const experiment = applySettings(table ? onTable() : findExperiment(name), settings);
  // What acts on a table is known when it has been read.
  const idle = table ? [] : settings.flatMap(idleIn(experiment));
  const problems = [...checkExperiment(experiment), ...idle];
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  const backend = values.backend ?? "auto";
  if (!backends.includes(backend)) {
    throw new InputError(`--backend is "${backend}": it must be one of ${backends.join(", ")}.`);
  }
  return {
    experiment,
    backend: backend as BackendChoice,
    dataFolder: values.data ?? null,
    jsonFile: values.json ?? null,
    table,
  };
}

/** What is set on the command line, in order. @throws InputError for a setting that there is not or a value that it cannot have */
export const applySettings = (experiment: Experiment, settings: readonly string[]): Experiment =>
  settings.reduce(applySetting, experiment);

/** The default experiment on a table. */
function onTable(): Experiment {
  const start = withValue(defaultExperiment, "data.kind", "ownTable");
  return recommendedSettings.ownTable.reduce(
    (held, [path, value]) => withValue(held, path, value),
    start,
  );
}

function tableOf(
  name: string,
  { target, as }: { readonly target?: string | undefined; readonly as?: string | undefined },
  settings: readonly string[],
): TableArguments | null {
  const given = existsSync(name) && statSync(name).isFile();
  const table = given && (target !== undefined || tableName.test(name));
  if (!table) {
    if (target === undefined && as === undefined) return null;
    throw new InputError(`--target and --as need a table: "${name}" is no file.`);
  }
  if (as !== undefined && as !== "classes" && as !== "number")
    throw new InputError(`--as is "${as}": it must be classes or number.`);
  return { file: name, target: target ?? null, as: as ?? null, settings };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        backend: { type: "string" },
        epochs: { type: "string" },
        seed: { type: "string" },
        set: { type: "string", multiple: true },
        data: { type: "string" },
        json: { type: "string" },
        target: { type: "string" },
        as: { type: "string" },
      },
    });
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${usage}`);
  }
}

function findExperiment(name: string): Experiment {
  const preset = findPreset(name);
  if (preset) return preset.experiment;
  if (name.includes("#") || /^v=\d/.test(name)) {
    const read = decodeLink(name);
    return orExplain(read, "The link", `\nIt would be read as #${encodeLink(read.experiment)}`);
  }
  if (existsSync(name)) return orExplain(correctValues(readJson(name)), name);
  throw new InputError(
    `"${name}" is no preset, no link and no file. Presets: ${presets.map((entry) => entry.name).join(", ")}.`,
  );
}

/** On the command line nothing is corrected silently: a wrong value ends the command. */
function orExplain(
  { experiment, corrections }: { experiment: Experiment; corrections: readonly Correction[] },
  what: string,
  instead = "",
): Experiment {
  if (corrections.length === 0) return experiment;
  const problems = corrections.map(({ message, problem = message }) => `- ${problem}`);
  throw new InputError(`${what} cannot be used as it is:\n${problems.join("\n")}${instead}`);
}

/** Settings of the command line that would change nothing, in words. */
function idleIn(experiment: Experiment): (setting: string) => readonly string[] {
  return (setting) => {
    const { path } = settingOf(setting).entry;
    const value = getValue(experiment, path);
    const stands = applies(experiment, path) || sameValue(value, getValue(defaultExperiment, path));
    return stands ? [] : [`--set ${clip(setting)}: ${idleText(path)}. Leave it out.`];
  };
}

/** Longest file that is read, in bytes: the record of a run with the most parameters is far shorter. */
const longestFile = 200_000_000;

/** The text of a file. @throws InputError where it is none or cannot be read */
function readText(file: string): string {
  try {
    const { size } = statSync(file);
    if (size <= longestFile) return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(`${file} cannot be read: ${(error as Error).message}`);
  }
  throw new InputError(`${file} is longer than ${longestFile / 1e6} MB: no experiment is.`);
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Values by path from a JSON file: an experiment, or a whole record of a run. */
function readJson(file: string): Map<FieldPath, unknown> {
  const text = readText(file);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file} is not a JSON file: ${(error as Error).message}`);
  }
  const isRecord = isObject(content) && Object.hasOwn(content, "experiment");
  const experiment = isRecord ? (content as JsonObject).experiment : content;
  if (!isObject(experiment)) {
    const place = isRecord ? `"experiment" in ${file}` : file;
    throw new InputError(`${place} must be an object with the sections ${sections.join(", ")}.`);
  }
  const values = new Map<FieldPath, unknown>();
  for (const [name, value] of Object.entries(experiment)) collect(file, name, value, values);
  return values;
}

/** Names at the top of an experiment: its sections, and the seed. */
const sections = [...new Set(fieldEntries.map(({ section }) => section))];

/** Takes one entry of an experiment: the values of a section, or a value that stands by itself. */
function collect(file: string, name: string, value: unknown, into: Map<FieldPath, unknown>): void {
  const known = (path: string) => fieldEntries.some((entry) => entry.path === path);
  if (known(name)) {
    into.set(name as FieldPath, value);
    return;
  }
  if (!(sections as readonly string[]).includes(name)) {
    throw new InputError(
      `${file} has the section "${clip(name)}", which this version does not know. Sections: ${sections.join(", ")}.`,
    );
  }
  if (!isObject(value)) {
    throw new InputError(
      `"${name}" in ${file} must be an object with the settings of the section.`,
    );
  }
  for (const [key, held] of Object.entries(value)) {
    const path = `${name}.${key}`;
    if (!known(path)) {
      throw new InputError(
        `${file} has the setting "${clip(path)}", which this version does not know.`,
      );
    }
    into.set(path as FieldPath, held);
  }
}

const clip = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** What a "PATH=VALUE" of the command line means. @throws InputError where it means nothing */
function settingOf(setting: string): { entry: FieldEntry; text: string } {
  const at = setting.indexOf("=");
  if (at < 0) throw new InputError(`--set ${clip(setting)}: expected PATH=VALUE.`);
  const name = setting.slice(0, at).trim();
  const entry = findField(name);
  if (!entry) {
    const names = fieldEntries.map(({ path }) => path).join(", ");
    throw new InputError(
      `--set ${clip(setting)}: there is no setting "${clip(name)}". Settings: ${names}.`,
    );
  }
  return { entry, text: setting.slice(at + 1) };
}

function applySetting(experiment: Experiment, setting: string): Experiment {
  const { entry, text } = settingOf(setting);
  const value = parseValue(entry.field, text) ?? text;
  const message = checkValue(entry, value);
  if (message) throw new InputError(`--set ${clip(setting)}: ${message}`);
  return withValue(experiment, entry.path, value);
}
