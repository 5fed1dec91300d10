// Reads the command line of `train`: an experiment by preset, link or file, then options.
import { existsSync, readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import type { AnswerKind } from "../data/table/plan";
import { tableName } from "../data/table/read";
import { decodeLink, encodeLink } from "../experiment/link";
import { findPreset, presets } from "../experiment/presets";
import {
  defaultExperiment,
  type Experiment,
  type FieldPath,
  fieldEntries,
  findField,
  withValue,
} from "../experiment/schema";
import { recommendedSettings } from "../experiment/tasks";
import { checkExperiment, checkValue, correctValues, parseValue } from "../experiment/validate";
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
  const problems = checkExperiment(experiment);
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
  {
    experiment,
    corrections,
  }: { experiment: Experiment; corrections: readonly { message: string }[] },
  what: string,
  instead = "",
): Experiment {
  if (corrections.length === 0) return experiment;
  throw new InputError(
    `${what} cannot be used as it is:\n${corrections.map(({ message }) => `- ${message}`).join("\n")}${instead}`,
  );
}

/** Values by path from a JSON file: an experiment, or a whole record of a run. */
function readJson(file: string): Map<FieldPath, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new InputError(`${file} is not a JSON file: ${(error as Error).message}`);
  }
  const record = content as Record<string, unknown> | null;
  if (typeof record !== "object" || record === null || Array.isArray(record)) {
    throw new InputError(
      `${file} must hold an object with the sections data, model, regularization, optimizer and seed.`,
    );
  }
  const values = new Map<FieldPath, unknown>();
  collect((record.experiment ?? record) as Record<string, unknown>, "", values, file);
  return values;
}

function collect(
  object: Record<string, unknown>,
  prefix: string,
  into: Map<FieldPath, unknown>,
  file: string,
): void {
  for (const [key, value] of Object.entries(object)) {
    const path = prefix + key;
    if (fieldEntries.some((entry) => entry.path === path)) {
      into.set(path as FieldPath, value);
    } else if (
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      prefix === ""
    ) {
      collect(value as Record<string, unknown>, `${key}.`, into, file);
    } else {
      throw new InputError(`${file} has the setting "${path}", which this version does not know.`);
    }
  }
}

function applySetting(experiment: Experiment, setting: string): Experiment {
  const at = setting.indexOf("=");
  const name = at < 0 ? setting : setting.slice(0, at);
  const entry = findField(name.trim());
  if (at < 0 || !entry) {
    const names = fieldEntries.map(({ path }) => path).join(", ");
    throw new InputError(
      at < 0
        ? `--set ${setting}: expected PATH=VALUE.`
        : `--set ${setting}: there is no setting "${name}". Settings: ${names}.`,
    );
  }
  const text = setting.slice(at + 1);
  const value = parseValue(entry.field, text) ?? text;
  const message = checkValue(entry, value);
  if (message) throw new InputError(`--set ${setting}: ${message}`);
  return withValue(experiment, entry.path, value);
}
