// Takes a link apart into names and values, also where blanks, signs or other separators got in between.
import { contextKeys } from "../canonicalLink";
import { fieldEntries } from "../schema";

export interface RawPair {
  /** The setting's short name, "v", "from" or "view"; null for a name that is none of them. */
  readonly key: string | null;
  /** As it stands in the link. */
  readonly name: string;
  readonly value: string;
}

export interface Parts {
  readonly pairs: readonly RawPair[];
  /** Parts without a value that hold more than signs. */
  readonly loose: readonly string[];
  /** What had to be looked past, in words. */
  readonly seen: ReadonlySet<string>;
}

const compact = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
/** Every name that a part of a link may have, in small letters without signs, and the short one that is meant. */
const names = new Map<string, string>([
  ["v", "v"],
  ...Object.values(contextKeys).map((key) => [key, key] as const),
  ...fieldEntries.map(({ path, field }) => [compact(path), field.key] as const),
  ...fieldEntries.map(({ field }) => [field.key, field.key] as const),
]);
const paths = new Set<string>(fieldEntries.map(({ path }) => path));
const longest = Math.max(...[...names.keys()].map((name) => name.length));

/** Added by platforms to count clicks; they say nothing about an experiment. */
const tracking =
  /^(utm_\w+|\w*clid|mc_[ce]id|igshid?|_gl|_ga|_hs\w+|mkt_tok|vero_\w+|ref|ref_\w+|referrer|source|si|s_cid|spm|cmpid|campaign\w*|share\w*|feature|oly_\w+|__s|rb_clickid|wickedid|amp|usg|ved|sa|sdata|reserved|authuser)$/i;

/** Takes `text` apart. Time grows with its length alone. */
export function takeApart(text: string): Parts {
  const pairs: RawPair[] = [];
  const loose: string[] = [];
  const seen = new Set<string>();
  for (const part of text.split(/[;&#]/)) {
    if (part.trim() === "") continue;
    if (!part.includes("=")) {
      if (compact(part) === "") seen.add("signs behind it");
      else loose.push(part);
    } else pairs.push(...readPart(part, seen));
  }
  const own = pairs.filter(({ key, name }) => {
    const tracks = key === null && tracking.test(name);
    if (tracks) seen.add("tracking parameters");
    return !tracks;
  });
  return { pairs: own, loose, seen };
}

/** One part that should be name=value; it may be several that something else than ";" parts. */
function readPart(part: string, seen: Set<string>): RawPair[] {
  const pieces = part.split("=");
  const first = pieces[0] ?? "";
  let { key, name } = wholeName(first, seen);
  const found: RawPair[] = [];
  let value = "";
  let before = first;
  for (let at = 1; at < pieces.length; at++) {
    const piece = pieces[at] ?? "";
    if (at === pieces.length - 1) {
      value += piece;
      break;
    }
    // A line of a mail that broke inside of the name leaves a "=".
    const joined =
      key === null && found.length === 0 ? names.get(compact(before + piece)) : undefined;
    const next = joined === undefined ? nameBehind(piece) : undefined;
    if (joined !== undefined) {
      key = joined;
      name = joined;
      seen.add("signs inside");
    } else if (next !== undefined) {
      found.push({ key, name, value: value + piece.slice(0, next.at) });
      ({ key, name } = next);
      value = "";
      seen.add("other separators");
    } else value += `${piece}=`;
    before += piece;
  }
  found.push({ key, name, value });
  return found;
}

/** The name that all of the text is, or that stands behind other text. */
function wholeName(text: string, seen: Set<string>): { key: string | null; name: string } {
  const trimmed = text.trim();
  const exact = names.get(trimmed);
  if (exact !== undefined || paths.has(trimmed)) {
    return { key: exact ?? (names.get(compact(trimmed)) as string), name: trimmed };
  }
  const whole = names.get(compact(trimmed));
  if (whole !== undefined) {
    seen.add(
      /^[a-z0-9.]*$/i.test(trimmed)
        ? "capitals"
        : /\w\s+\w/.test(trimmed)
          ? "blanks inside"
          : "signs inside",
    );
    return { key: whole, name: trimmed };
  }
  const behind = /^\w+$/.test(trimmed) ? undefined : nameBehind(trimmed);
  if (behind?.key != null) {
    seen.add("signs inside");
    return { key: behind.key, name: behind.name };
  }
  return { key: null, name: trimmed };
}

/** The name at the end of a text whose beginning is the value before it, and where it starts. */
function nameBehind(text: string): { key: string | null; name: string; at: number } | undefined {
  let spelled = "";
  let best: { key: string; at: number; apart: boolean } | undefined;
  const end = text.length;
  for (let at = end - 1; at >= 0 && spelled.length < longest && end - at < 3 * longest; at--) {
    const character = (text[at] as string).toLowerCase();
    if (!/[a-z0-9]/.test(character)) continue;
    spelled = character + spelled;
    const key = names.get(spelled);
    if (key === undefined) continue;
    const apart = at === 0 || !/[a-z0-9]/i.test(text[at - 1] as string);
    if (apart || !best?.apart) best = { key, at, apart };
  }
  if (best) return { ...best, name: best.key };
  const unknown = /[+,|?\s/]([a-z_][\w.]*)\s*$/i.exec(text.slice(-60));
  const name = unknown?.[1];
  if (name === undefined) return undefined;
  return { key: null, name, at: text.lastIndexOf(name) };
}
