// What a value may have been before signs, blanks and other forms of numbers got into it: readings, the likeliest first.
import { encodeValue } from "../canonicalLink";
import { withoutLastOnes } from "../factors";
import type { ChoiceField, Field, FieldValue } from "../fields";
import { type FieldEntry, sameValue } from "../schema";
import { checkValue } from "../values";

export interface Reading {
  readonly value: FieldValue;
  /** As a link writes it. */
  readonly text: string;
  /** What had to be looked past; null where the value stands there as it is. */
  readonly what: string | null;
}

export interface Readings {
  /** Allowed values, the likeliest first. */
  readonly allowed: readonly Reading[];
  /** A value that is not allowed, where nothing else can be read: so that a message can name it. */
  readonly given: FieldValue | null;
}

/** Longest text of a value that is looked at; lists of factors are the longest. */
const longest = 400;

export const textBehind = "text behind it";

type Form = readonly [text: string, what: string | null];

/** The text with less and less of what may have got into it. */
function formsOf(raw: string): Form[] {
  const plain = raw.trim();
  const stripped = plain.replace(/^[^a-z0-9.+-]+/i, "").replace(/[^a-z0-9%]{1,40}$/i, "");
  const closed = stripped.replace(/\s+/g, "");
  const start = /^[+-]?\d[\d.,]*(?:e-?\d+)?(?:[,-]\d[\d.]*(?:e-?\d+)?)*/i.exec(stripped)?.[0] ?? "";
  const forms: Form[] = [
    [plain, null],
    [stripped, "signs behind it"],
    [stripped.replace(/%$/, ""), "signs behind it"],
    [closed, "blanks inside"],
    [closed.replace(/\u00ad/g, ""), "a soft hyphen"],
    [closed.replace(/\u00ad/g, "-"), "a soft hyphen"],
    [closed.replace(/[^a-z0-9.,+-]/gi, ""), "signs inside"],
    [stripped.replace(/[^a-z0-9.,+]+/gi, "-"), "other signs between numbers"],
    [start, textBehind],
    [/^[a-z0-9.+-]*[a-z0-9]/i.exec(stripped)?.[0] ?? "", textBehind],
    [
      /^[a-z0-9.,+-]*?[a-z0-9](?=[.,+-]*(?:[^a-z0-9.,+-]|$))/i.exec(stripped)?.[0] ?? "",
      textBehind,
    ],
  ];
  // Most values are as they were written: each text once, with the least that is said of it.
  const distinct = new Map(forms.toReversed());
  return forms.filter(([text, what]) => text !== "" && distinct.get(text) === what);
}

/** Every way to read the text as a value of the field. */
export function readingsOf(entry: FieldEntry, raw: string): Readings {
  const allowed: Reading[] = [];
  let given: FieldValue | null = null;
  for (const [form, what] of formsOf(raw.slice(0, longest))) {
    // What can be read whole, though it is not allowed, is not cut down to something that is.
    if (what === textBehind && given !== null) continue;
    for (const [value, how] of valuesOf(entry.field, form)) {
      if (checkValue(entry, value) !== null) {
        given ??= value;
        continue;
      }
      if (allowed.some((known) => sameValue(known.value, value))) continue;
      allowed.push({ value, text: encodeValue(entry.field, value), what: how ?? what });
    }
  }
  return { allowed, given };
}

type Found = readonly [value: FieldValue, what: string | null];

function valuesOf(field: Field, text: string): readonly Found[] {
  if (field.type === "choice") return choicesOf(field, text);
  if (field.type === "widths") {
    if (/^(none|0)$/i.test(text)) return [[[], null]];
    return listsOf(text.split(/[-,x×]/i).map((part) => numbersOf(part, true)));
  }
  if (field.type === "multipliers") {
    return listsOf(text.split(",").map((part) => numbersOf(part, false))).map(([value, what]) => [
      withoutLastOnes(value as readonly number[]),
      what,
    ]);
  }
  if (text.endsWith("%")) {
    if (field.unit !== "%") return [];
    return numbersOf(text.slice(0, -1), false).map(([value, what]) => [
      (value as number) / 100,
      what,
    ]);
  }
  return numbersOf(text, field.type === "integer");
}

/** A list is read where each of its parts is, by the first way to read it. */
function listsOf(parts: readonly (readonly Found[])[]): readonly Found[] {
  if (parts.some((found) => found.length === 0)) return [];
  const first = parts.map((found) => found[0] as Found);
  return [[first.map(([value]) => value as number), first.find(([, what]) => what)?.[1] ?? null]];
}

function choicesOf({ choices }: ChoiceField, text: string): readonly Found[] {
  const small = (part: string) => part.toLowerCase().replace(/[^a-z0-9]/g, "");
  const exact = choices.find(({ value }) => value === text);
  if (exact) return [[exact.value, null]];
  const wanted = small(text);
  const found =
    wanted === ""
      ? undefined
      : choices.find((one) => [one.value, one.label].some((name) => small(name) === wanted));
  if (found) return [[found.value, "capitals"]];
  // The end of a line was lost between the value and what stands below.
  const begun = choices
    .filter(({ value }) => value.length > 2 && text.startsWith(value))
    .sort((a, b) => b.value.length - a.value.length)[0];
  return begun ? [[begun.value, textBehind]] : [];
}

const number = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Numbers that the text may be: "." and "," may be a decimal sign or part thousands. */
function numbersOf(text: string, whole: boolean): readonly Found[] {
  const found: Found[] = [];
  const add = (spelled: string, what: string | null) => {
    if (!number.test(spelled)) return;
    const odd = whole && /\.0*$/.test(spelled) ? "decimals of a whole number" : null;
    found.push([Number(spelled) || 0, what ?? odd]);
  };
  const grouped = /^[1-9]\d{0,2}(?:[.,]\d{3})+$/.test(text);
  if (whole && grouped) add(text.replace(/[.,]/g, ""), "signs that part thousands");
  add(text, null);
  if (text.includes(",")) add(text.replace(",", "."), "a comma as decimal sign");
  if (grouped) add(text.replace(/[.,]/g, ""), "signs that part thousands");
  return found;
}
