// One value of a setting: read from text, checked against its field.
import * as v from "valibot";
import { withoutLastOnes } from "./factors";
import type { Field, FieldValue } from "./fields";
import { describeRange } from "./format";
import { experimentSchema, type FieldEntry, type FieldPath } from "./schema";

function schemaOf(path: FieldPath): v.GenericSchema {
  if (path === "seed") return experimentSchema.entries.seed as v.GenericSchema;
  const [section, name] = path.split(".") as [
    Exclude<keyof typeof experimentSchema.entries, "seed">,
    string,
  ];
  return (experimentSchema.entries[section].entries as Record<string, v.GenericSchema>)[
    name
  ] as v.GenericSchema;
}

function show(value: unknown): string {
  const text = typeof value === "string" ? `"${value}"` : (JSON.stringify(value) ?? String(value));
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

/**
 * Checks one value against its field.
 * @returns null when it is allowed, else a message that names field, value, allowed range and what to do.
 */
export function checkValue(entry: FieldEntry, value: unknown): string | null {
  if (v.safeParse(schemaOf(entry.path), value).success) return null;
  const shown = typeof value === "number" ? String(value) : show(value);
  return `${entry.field.label} is ${shown}: it must be ${describeRange(entry.field)}.`;
}

/**
 * Reads a value from text: numbers with "." or ",", shares with "%", choices by value or label, layers as "64-32" or "none".
 * The result is not yet checked against the bounds.
 */
export function parseValue(field: Field, text: string): FieldValue | null {
  const trimmed = text.trim();
  if (field.type === "choice") {
    const lower = trimmed.toLowerCase();
    const found = field.choices.find(
      (entry) => entry.value.toLowerCase() === lower || entry.label.toLowerCase() === lower,
    );
    return found?.value ?? trimmed;
  }
  if (field.type === "widths") {
    if (trimmed === "" || trimmed === "none" || trimmed === "0") return [];
    const parts = trimmed.split(/[-,\s]+/).map(parseNumber);
    return parts.some((part) => part === null) ? null : (parts as number[]);
  }
  if (field.type === "multipliers") return parseMultipliers(trimmed);
  const percent = trimmed.endsWith("%");
  const number = parseNumber(percent ? trimmed.slice(0, -1) : trimmed);
  return number === null ? null : percent ? number / 100 : number;
}

/** Factors joined by ","; those at the end that are 1 say nothing. */
function parseMultipliers(text: string): FieldValue | null {
  const parts = text === "" ? [] : text.split(/[,\s]+/).map(parseNumber);
  if (parts.some((part) => part === null)) return null;
  return withoutLastOnes(parts as number[]);
}

/** Digits in groups of three: 1,000 or 10,000,000, as this page prints large numbers. */
const grouped = /^[1-9]\d{0,2}(,\d{3})+$/;

/** A number with "." or ","; a comma before exactly three digits is read as a thousands separator. */
function parseNumber(text: string): number | null {
  const trimmed = text.trim();
  const normalized = grouped.test(trimmed)
    ? trimmed.replaceAll(",", "")
    : trimmed.replace(",", ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(normalized)) return null;
  return Number(normalized);
}
