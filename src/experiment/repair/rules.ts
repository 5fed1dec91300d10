// What can be wrong with a link as a whole, one rule each: its remark, and how the text reads without the damage.
import { asciiForms, withoutInvisible } from "./characters";
import {
  htmlUnescaped,
  hyphenUnescaped,
  percentUnescaped,
  quotedPrintableRead,
  unwrapped,
} from "./escapes";

export interface Rule {
  /** Such as "escaped characters"; several are listed in one remark. */
  readonly what: string;
  /** @returns the text without what the rule is about, or the same text */
  apply(text: string): string;
}

const version = /(?:^|[^a-z0-9])(v\s*=\s*\d)/i;

/** From the "#" before the version, or from the version on; to where the next address begins. */
function linkItself(text: string): string {
  const found = version.exec(text);
  const at = found ? found.index + found[0].length - (found[1] as string).length : -1;
  let start = text.lastIndexOf("#", at < 0 ? text.length : at) + 1;
  if (start === 0 && at >= 0) start = text.lastIndexOf("?", at) + 1;
  if (start === 0 && at >= 0 && text.includes("/")) start = at;
  const own = text.slice(start);
  const fragment = own.search(/:~:/);
  const next = own.search(/https?:\/\//i);
  const ends = [fragment, next].filter((end) => end >= 0);
  return ends.length === 0 ? own : own.slice(0, Math.min(...ends));
}

/** Up to where an attribute of HTML ends. */
const beforeAttribute = (text: string) => text.replace(/["'](?:\s*\/?>|\s+[a-z-]+=).*$/is, "");

/** In this order, over and over until nothing changes any more: an escaped link may be escaped again, or wrapped. */
export const rules: readonly Rule[] = [
  { what: "the address of a filter around it", apply: unwrapped },
  { what: "escaped characters", apply: percentUnescaped },
  { what: "escaped characters", apply: htmlUnescaped },
  { what: "a mail's way to write =", apply: quotedPrintableRead },
  { what: "escaped characters", apply: hyphenUnescaped },
  { what: "invisible characters", apply: withoutInvisible },
  { what: "other forms of digits and signs", apply: asciiForms },
  { what: "text around it", apply: beforeAttribute },
];

/** Last of all, when everything else stands as it was meant. */
export const around: Rule = { what: "text around it", apply: linkItself };
