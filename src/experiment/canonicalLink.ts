// Writes links, and reads them as written: all that the page needs for a link that arrived unharmed. Everything else is link.ts's.
import { actingExperiment } from "./acting";
import type { Field, FieldValue } from "./fields";
import { shortNumber } from "./format";
import { newestVersion } from "./migrations";
import { findPreset } from "./presets";
import {
  defaultExperiment,
  type Experiment,
  fieldEntries,
  findField,
  getValue,
  sameValue,
  withValue,
} from "./schema";
import { keepsTotals } from "./totals";
import { checkValue } from "./values";

/** What a link may carry beside the experiment; nothing of it changes a run. */
export interface LinkContext {
  /** Name of the preset that the experiment started from, or `noPreset`: texts and advice come from it. */
  readonly preset?: string | null;
  /** How the page shows it (tabs, axes): words of a-z, 0-9 and "-", joined by "."; the page knows their meaning. */
  readonly view?: string;
}

/** Says that the experiment started from no preset; without a word on it the page guesses. */
export const noPreset = "none";

/** Names in a link that are no settings; like those, none starts like an HTML entity. */
export const contextKeys = { preset: "from", view: "view" } as const;
export const viewGrammar = /^[a-z0-9-]{1,24}(?:\.[a-z0-9-]{1,24}){0,11}$/;

export type Pair = readonly [key: string, value: string];

/** A value as links write it. */
export function encodeValue(field: Field, value: FieldValue): string {
  if (typeof value === "number") return shortNumber(value);
  if (typeof value === "string") return value;
  // Factors may have exponents, so "-" cannot stand between them.
  if (field.type === "multipliers") return value.map(shortNumber).join(",");
  return value.length === 0 ? "none" : value.join("-");
}

function pairsOf(experiment: Experiment, { preset, view }: LinkContext): Pair[] {
  const pairs: Pair[] = [];
  const acting = actingExperiment(experiment);
  for (const { path, field } of fieldEntries) {
    const value = getValue(acting, path);
    if (sameValue(value, getValue(defaultExperiment, path))) continue;
    pairs.push([field.key, encodeValue(field, value)]);
  }
  if (preset) pairs.push([contextKeys.preset, preset]);
  if (view) pairs.push([contextKeys.view, view]);
  return pairs;
}

/** Neither vowels, which would spell words, nor what looks like something else; the first is a letter. */
const symbols = "bcdfghjkmnpqrstvwxz23456789";
const letters = 19;
export const checkGrammar = "[b-df-hjkmnp-tv-xz][b-df-hjkmnp-tv-xz2-9]{2}";

/**
 * Three symbols over all pairs, in whatever order: one changed or lost link of 14,000 passes.
 * They stand in front, beside the version: whoever cuts a link cuts its end.
 */
export function checkOf(pairs: readonly Pair[]): string {
  // FNV-1a.
  let hash = 0x811c9dc5;
  for (const character of inOrder(pairs).toLowerCase()) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  hash = (hash ^ (hash >>> 15)) >>> 0;
  const second = Math.floor(hash / letters);
  const third = Math.floor(second / symbols.length);
  return [hash % letters, second % symbols.length, third % symbols.length]
    .map((at) => symbols[at])
    .join("");
}

function inOrder(pairs: readonly Pair[]): string {
  return pairs
    .map((pair) => pair.join("="))
    .sort()
    .join(";");
}

/** The text after "#", such as "v=1.k7m;points=30;decay=0.1"; "v=1" for the default. */
export function encodeLink(experiment: Experiment, context: LinkContext = {}): string {
  const pairs = pairsOf(experiment, context);
  if (pairs.length === 0) return `v=${newestVersion}`;
  return [`v=${newestVersion}.${checkOf(pairs)}`, ...pairs.map((pair) => pair.join("="))].join(";");
}

/** What a link opens. */
export interface OpenedLink {
  readonly experiment: Experiment;
  /** As in LinkContext; null where the link has no word on it. */
  readonly preset: string | null;
  readonly view: string;
}

/** The length up to which links are read; real ones stay under 300 characters. */
export const maximumLength = 4000;
const grammar = new RegExp(
  `^v=${newestVersion}(?:\\.(${checkGrammar}))?((?:[;&][a-z0-9]+=[^;&=]+)*)$`,
);

/**
 * Reads a link that is as `encodeLink` writes it, in any order and with or without the check.
 * @returns null where anything at all is different: then decodeLink says what
 */
export function readCanonical(text: string): OpenedLink | null {
  const match = text.length <= maximumLength ? grammar.exec(text) : null;
  if (!match) return null;
  const pairs = (match[2] ?? "").split(/[;&]/).slice(1).map(splitPair);
  let experiment = defaultExperiment;
  let preset: string | null = null;
  let view = "";
  for (const [key, value] of pairs) {
    const entry = findField(key);
    const read = entry && readExactly(entry.field, value);
    if (entry && read !== null && read !== undefined && checkValue(entry, read) === null) {
      experiment = withValue(experiment, entry.path, read);
    } else if (key === contextKeys.preset && (value === noPreset || findPreset(value))) {
      preset = value;
    } else if (key === contextKeys.view && viewGrammar.test(value)) {
      view = value;
    } else return null;
  }
  const written = pairsOf(experiment, { preset, view });
  const checked = match[1] === undefined || match[1] === checkOf(pairs);
  if (!checked || inOrder(written) !== inOrder(pairs)) return null;
  if (!keepsTotals(experiment)) return null;
  return { experiment, preset, view };
}

function splitPair(part: string): Pair {
  const at = part.indexOf("=");
  return [part.slice(0, at), part.slice(at + 1)];
}

/** The value that is written like this; null where it would be written otherwise. */
export function readExactly(field: Field, text: string): FieldValue | null {
  if (field.type === "choice") {
    return field.choices.some(({ value }) => value === text) ? text : null;
  }
  if (field.type === "widths") {
    return text === "none" ? [] : listExactly(text.split("-"));
  }
  if (field.type === "multipliers") return listExactly(text.split(","));
  return listExactly([text])?.[0] ?? null;
}

function listExactly(texts: readonly string[]): readonly number[] | null {
  const numbers = texts.map(Number);
  const exact = numbers.every((number, at) => {
    const text = texts[at];
    return Number.isFinite(number) && (text === String(number) || text === shortNumber(number));
  });
  return exact ? numbers : null;
}
