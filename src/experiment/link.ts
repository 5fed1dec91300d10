// Reads a link whatever has happened to it on its way. Nothing is trusted, nothing throws, and all that is not as written is said.
import {
  checkGrammar,
  checkOf,
  contextKeys,
  maximumLength,
  noPreset,
  type OpenedLink,
  type Pair,
  readCanonical,
  viewGrammar,
} from "./canonicalLink";
import { migrate, newestVersion } from "./migrations";
import { findPreset } from "./presets";
import { type RawPair, takeApart } from "./repair/pairs";
import { type Reading, type Readings, readingsOf, textBehind } from "./repair/readings";
import { around, type Rule, rules } from "./repair/rules";
import { defaultExperiment, type FieldPath, findField } from "./schema";
import { type Correction, correctValues } from "./validate";

export { encodeLink, type LinkContext, type OpenedLink } from "./canonicalLink";

export interface DecodedLink extends OpenedLink {
  readonly corrections: readonly Correction[];
  /** Made by a newer page: the address shall keep it as it is. */
  readonly newer: boolean;
  /** False where the text holds nothing that a link consists of. */
  readonly readable: boolean;
}

/** Longest text that is searched for a link at all: escaped three times, a link is seven times as long. */
const maximumText = 32_000;
/** Most remarks on what a link says besides the settings' values. */
const maximumNotes = 20;
const maximumRounds = 12;
/** Most combinations of doubtful readings that are tried on the check. */
const maximumTrials = 400;

/** Reads a link, whole or the part after "#". Anything wrong is corrected and explained. An empty text is the default experiment. */
export function decodeLink(given: string): DecodedLink {
  const text = given.slice(0, maximumText).replace(/^[^\s#]*#/, "");
  const asWritten = readCanonical(text);
  const plain = { corrections: [], newer: false, readable: true };
  if (asWritten) return { ...asWritten, ...plain };
  if (text.trim() === "") {
    return { experiment: defaultExperiment, preset: null, view: "", ...plain, readable: false };
  }
  return new LinkReader(given).read();
}

class LinkReader {
  private readonly notes: Correction[] = [];
  private readonly seen = new Set<string>();
  private readonly chosen = new Map<FieldPath, Reading>();

  constructor(private readonly given: string) {}

  read(): DecodedLink {
    const parts = takeApart(this.unharmed());
    for (const what of parts.seen) this.seen.add(what);
    for (const part of parts.loose) {
      this.note(`"${clip(part)}" in the link has no value (expected name=value) and was left out.`);
    }
    const pairs = this.eachOnce(parts.pairs);
    const { version, check } = readVersion(pairs.get("v"));
    if (version !== undefined) pairs.set("v", version);
    const migrated = migrate(pairs, (message) => this.note(message));
    const readings = new Map<FieldPath, Readings>();
    const values = new Map<FieldPath, unknown>();
    const rest: Pair[] = [];
    for (const [key, raw] of migrated) {
      const entry = key === "v" ? undefined : findField(key);
      if (entry) {
        const read = readingsOf(entry, raw);
        readings.set(entry.path, read);
        values.set(entry.path, read.given ?? raw);
      } else if (key !== "v") rest.push([key, raw]);
    }
    const context = this.readContext(rest);
    const agreed = this.choose(readings, context, rest, check);
    for (const [path, { value }] of this.chosen) values.set(path, value);
    const { experiment, corrections } = correctValues(values);
    const known =
      readings.size > 0 || /^\s*\d/.test(parts.pairs.find(({ key }) => key === "v")?.value ?? "");
    this.tellRepairs(agreed);
    return {
      experiment,
      preset: context.preset,
      view: context.view,
      corrections: [...worthReading(this.notes), ...corrections],
      newer: Number(version) > newestVersion,
      readable: known,
    };
  }

  private note(message: string): void {
    this.notes.push({ path: null, message });
  }

  /** The link as text, without what was put around and into it as a whole; a rule holds where no setting is lost by it. */
  private unharmed(): string {
    if (this.given.length > maximumText) this.tooLong(this.given.length);
    let text = this.given.slice(0, maximumText);
    for (let round = 0; round < maximumRounds; round++) {
      const before = text;
      for (const rule of rules) text = this.apply(rule, text);
      if (text === before) break;
    }
    text = this.apply(around, text.replace(/^[^\s#]*#/, ""));
    if (text.length > maximumLength) this.tooLong(text.length);
    return text.slice(0, maximumLength);
  }

  private tooLong(length: number): void {
    if (this.notes.length > 0) return;
    this.note(
      `The link is ${length} characters long: at most ${maximumLength} are read. The rest was left out.`,
    );
  }

  private apply(rule: Rule, text: string): string {
    const without = rule.apply(text);
    if (without === text || count(without) < count(text)) return text;
    this.seen.add(rule.what);
    return without;
  }

  /** The first of each name counts; two names of one setting are the same name. */
  private eachOnce(all: readonly RawPair[]): Map<string, string> {
    const pairs = new Map<string, string>();
    for (const { key, name, value } of all) {
      const held = key ?? name;
      if (pairs.has(held)) {
        const first = all.find((pair) => (pair.key ?? pair.name) === held)?.name ?? held;
        this.note(
          first === name
            ? `"${clip(name)}" stands twice in the link; the first one counts.`
            : `"${clip(first)}" and "${clip(name)}" are the same setting; the first one counts.`,
        );
      } else pairs.set(held, value);
    }
    return pairs;
  }

  private readContext(rest: readonly Pair[]): { preset: string | null; view: string } {
    let preset: string | null = null;
    let view = "";
    for (const [key, raw] of rest) {
      const small = raw.toLowerCase().replace(/[^a-z0-9.-]/g, "");
      const value = small.replace(/^[.-]+|[.-]+$/g, "");
      if (key === contextKeys.preset) {
        preset = value === noPreset ? noPreset : (findPreset(value)?.name ?? null);
        if (preset === null)
          this.note(`There is no preset "${clip(raw)}"; its texts are left out.`);
        else if (preset !== raw) this.seen.add("signs behind it");
      } else if (key === contextKeys.view) {
        if (viewGrammar.test(value)) view = value;
        if (view !== raw) this.seen.add("signs behind it");
      } else this.note(`Unknown setting "${clip(key)}" ignored.`);
    }
    return { preset, view };
  }

  /**
   * Settles on one reading for each setting: the likeliest, or those that fit the link's check.
   * @returns whether the check fits; null where the link has none
   */
  private choose(
    readings: ReadonlyMap<FieldPath, Readings>,
    context: { preset: string | null; view: string },
    rest: readonly Pair[],
    check: string | null,
  ): boolean | null {
    const open = [...readings].filter(([, { allowed }]) => allowed.length > 0);
    const fits = () => {
      const pairs: Pair[] = [...this.chosen].map(([path, { text }]) => [
        findField(path)?.field.key ?? path,
        text,
      ]);
      if (context.preset) pairs.push([contextKeys.preset, context.preset]);
      if (context.view) pairs.push([contextKeys.view, context.view]);
      const own = new Set<string>(Object.values(contextKeys));
      const unknown = rest.filter(([key]) => !own.has(key));
      return (
        checkOf(pairs) === check ||
        (unknown.length > 0 && checkOf([...pairs, ...unknown]) === check)
      );
    };
    for (const [path, { allowed }] of open) this.chosen.set(path, allowed[0] as Reading);
    let agreed: boolean | null = check === null ? null : fits();
    if (agreed === false && open.length === readings.size) {
      const doubtful = open.filter(([, { allowed }]) => allowed.length > 1);
      let trials = 0;
      const attempt = (at: number): boolean => {
        const next = doubtful[at];
        if (!next) return ++trials <= maximumTrials && fits();
        return next[1].allowed.some((reading) => {
          this.chosen.set(next[0], reading);
          return trials <= maximumTrials && attempt(at + 1);
        });
      };
      agreed = attempt(0);
      if (!agreed)
        for (const [path, { allowed }] of open) this.chosen.set(path, allowed[0] as Reading);
    }
    for (const { what } of this.chosen.values()) if (what !== null) this.seen.add(what);
    return agreed;
  }

  /** One remark on everything that was looked past, and on a check that does not fit. */
  private tellRepairs(agreed: boolean | null): void {
    const seen = this.seen.size === 0 ? "" : ` (${[...this.seen].join(", ")})`;
    const surely = agreed ? "; its check shows that nothing was lost" : "";
    const message =
      agreed === false
        ? `This link has been changed or cut${seen}; check it against its source.`
        : `This link was changed on its way${seen} and was read as it was meant${surely}.`;
    if (agreed === false || seen !== "") this.notes.unshift({ path: null, message });
  }
}

/** Settings that can be read in whole: what a repair must not cost. */
function count(text: string): number {
  return takeApart(text.slice(0, maximumLength)).pairs.filter(({ key, value }) => {
    const entry = key === null ? undefined : findField(key);
    return (
      key === "v" ||
      (entry && readingsOf(entry, value).allowed.some(({ what }) => what !== textBehind))
    );
  }).length;
}

/** "1.k7m": the version, and the check over the rest. A check that is damaged fits nothing. */
function readVersion(raw: string | undefined): {
  version: string | undefined;
  check: string | null;
} {
  const small = raw?.toLowerCase().replace(/[^a-z0-9]/g, "");
  const match = small === undefined ? null : /^(\d+)(.*)$/.exec(small);
  if (!match) return { version: raw, check: null };
  // Digits may follow a letter only, so that the version ends where the check begins.
  const whole = new RegExp(`^(\\d+?)(${checkGrammar})?$`).exec(small ?? "");
  if (whole) return { version: whole[1], check: whole[2] ?? null };
  return { version: match[1], check: match[2] === "" ? null : `damaged ${match[2]}` };
}

/** Each remark once, and no more than somebody reads; the rest is counted. */
function worthReading(notes: readonly Correction[]): readonly Correction[] {
  const distinct = [...new Map(notes.map((note) => [note.message, note])).values()];
  const left = distinct.length - maximumNotes;
  if (left <= 1) return distinct;
  const rest = { path: null, message: `${left} more parts of the link were left out.` };
  return [...distinct.slice(0, maximumNotes), rest];
}

function clip(text: string): string {
  const plain = text.trim();
  return plain.length > 24 ? `${plain.slice(0, 21)}…` : plain;
}
