// An experiment as readable text after "#": canonical (one experiment, one string; defaults left out), versioned, never trusted.
import { actingValue } from "./acting";
import type { Field, FieldValue } from "./fields";
import { shortNumber } from "./format";
import { migrate, newestVersion } from "./migrations";
import {
  defaultExperiment,
  type Experiment,
  type FieldPath,
  fieldEntries,
  findField,
  getValue,
  sameValue,
} from "./schema";
import { type Correction, correctValues, parseValue } from "./validate";

/** Longest fragment that is looked at; real ones stay under 300 characters. */
const maximumLength = 4000;
/** Most remarks on what a link says besides the settings' values. */
const maximumNotes = 20;

function encodeValue(field: Field, value: FieldValue): string {
  if (typeof value === "number") return shortNumber(value);
  if (typeof value === "string") return value;
  // Factors may have exponents, so "-" cannot stand between them.
  if (field.type === "multipliers") return value.map(shortNumber).join(",");
  return value.length === 0 ? "none" : value.join("-");
}

/** The text after "#", such as "v=1;points=30;decay=0.1". */
export function encodeLink(experiment: Experiment): string {
  const parts = [`v=${newestVersion}`];
  for (const { path, field } of fieldEntries) {
    const value = actingValue(experiment, path, field.type);
    if (sameValue(value, getValue(defaultExperiment, path))) continue;
    parts.push(`${field.key}=${encodeValue(field, value)}`);
  }
  return parts.join(";");
}

/** Reads a link. Anything wrong is corrected and explained; nothing throws. An empty text is the default experiment. */
export function decodeLink(fragment: string): {
  experiment: Experiment;
  corrections: readonly Correction[];
} {
  const notes: Correction[] = [];
  const text = unescapeFragment(fragment.replace(/^#/, ""));
  if (text.trim() === "") return { experiment: defaultExperiment, corrections: notes };
  if (text.length > maximumLength) {
    notes.push({
      path: null,
      message: `The link is ${text.length} characters long: at most ${maximumLength} are read. The rest was left out.`,
    });
  }
  const pairs = splitPairs(text.slice(0, maximumLength), notes);
  const migrated = migrate(pairs, (message) => notes.push({ path: null, message }));
  const { experiment, corrections } = correctValues(readPairs(migrated, notes));
  return { experiment, corrections: [...worthReading(notes), ...corrections] };
}

/** Each remark once, and no more than somebody reads; the rest is counted. */
function worthReading(notes: readonly Correction[]): readonly Correction[] {
  const distinct = [...new Map(notes.map((note) => [note.message, note])).values()];
  const left = distinct.length - maximumNotes;
  if (left <= 1) return distinct;
  const rest = { path: null, message: `${left} more parts of the link were left out.` };
  return [...distinct.slice(0, maximumNotes), rest];
}

/** Mail programs and chats like to escape ";" and "=". */
function unescapeFragment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function splitPairs(text: string, notes: Correction[]): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const part of text.split(/[;&]/)) {
    if (part === "") continue;
    const at = part.indexOf("=");
    const key = at < 0 ? part : part.slice(0, at);
    if (at < 0) {
      notes.push({
        path: null,
        message: `"${clip(part)}" in the link has no value (expected name=value) and was left out.`,
      });
    } else if (pairs.has(key)) {
      notes.push({
        path: null,
        message: `"${clip(key)}" stands twice in the link; the first one counts.`,
      });
    } else {
      pairs.set(key, part.slice(at + 1));
    }
  }
  return pairs;
}

function readPairs(
  pairs: ReadonlyMap<string, string>,
  notes: Correction[],
): Map<FieldPath, unknown> {
  const values = new Map<FieldPath, unknown>();
  for (const [key, text] of pairs) {
    if (key === "v") continue;
    const entry = findField(key);
    if (!entry) {
      notes.push({
        path: null,
        message: `This page knows no setting "${clip(key)}"; it was left out.`,
      });
      continue;
    }
    // A text that cannot be read is handed on as it is, so that the message can show it.
    values.set(entry.path, parseValue(entry.field, text) ?? text);
  }
  return values;
}

function clip(text: string): string {
  return text.length > 24 ? `${text.slice(0, 21)}…` : text;
}
