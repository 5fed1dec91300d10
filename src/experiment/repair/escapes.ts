// Ways in which programs write a character differently in an address: percent, HTML, quoted-printable, mail filters.

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Percent escapes, one level; bytes that are no UTF-8 are read as Latin-1, as old programs wrote them. */
export function percentUnescaped(text: string): string {
  return text
    .replace(/%u([0-9a-f]{4})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => bytes(run.slice(1).split("%")));
}

function bytes(codes: readonly string[]): string {
  const values = Uint8Array.from(codes, (code) => Number.parseInt(code, 16));
  try {
    return decoder.decode(values);
  } catch {
    return String.fromCharCode(...values.slice(0, 4000));
  }
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  semi: ";",
  equals: "=",
  num: "#",
  period: ".",
  comma: ",",
  minus: "-",
  hyphen: "-",
  dash: "-",
  ndash: "-",
  mdash: "-",
  shy: "\u00ad",
  nbsp: " ",
  quest: "?",
  excl: "!",
  quot: '"',
  apos: "'",
  lt: "<",
  gt: ">",
  lowbar: "_",
  plus: "+",
  sol: "/",
  percnt: "%",
  colon: ":",
  hellip: "…",
  zwnj: "",
  zwj: "",
};

/** HTML's character references, one level; "&amp" also where its ";" was lost. */
export function htmlUnescaped(text: string): string {
  return text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (found, decimal, hex, name) => {
      if (name !== undefined) {
        return Object.hasOwn(entities, name.toLowerCase())
          ? (entities[name.toLowerCase()] as string)
          : found;
      }
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : found;
    })
    .replace(/&amp(?=[a-z])/gi, "&");
}

/** Quoted-printable as mails carry it: "=3D" for "=", and "=" at the end of a broken line. */
export function quotedPrintableRead(text: string): string {
  if (!/=3D/i.test(text)) return text;
  return (
    text
      .replace(/=[ \t]*\r?\n/g, "")
      // A browser has taken the line's end out of an address that was opened with it.
      .replace(/=(?!(?:2[0-9A-F]|3[A-F]|[CDE][0-9A-F]=))/gi, (sign, at: number, whole: string) =>
        /v=3D\d/i.test(whole) && !/=[CDE][0-9A-F]$/i.test(whole.slice(Math.max(0, at - 3), at))
          ? ""
          : sign,
      )
      .replace(
        /=(?:(?:C[2-9A-F]|D[0-9A-F]|E[0-9A-F])=[89AB][0-9A-F](?:=[89AB][0-9A-F])?)/gi,
        (run) => bytes(run.slice(1).split("=")),
      )
      .replace(/=(2[0-9A-F]|3[A-F])/gi, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
  );
}

/** A mail filter that writes "%3D" as "-3D" and "/" as "_" (Proofpoint's first kind). */
export function hyphenUnescaped(text: string): string {
  if (!/\bv-3D\d/i.test(text.replace(/-2[35F]|-3F/gi, " "))) return text;
  return percentUnescaped(text.replace(/-(?=[2-7EC][0-9A-F])/gi, "%").replaceAll("_", "/"));
}

/** Names under which a redirecting address carries the one that it leads to. */
const carriers =
  /[?&](?:url|u|q|target|to|dest|destination|goto|link|redirect|redirect_ur[il])=([^&\s]+)/gi;

/** The address inside that of a mail filter or a search engine (Outlook's safe links, google.com/url). */
export function unwrapped(text: string): string {
  for (const [, inner = ""] of text.slice(0, 8000).matchAll(carriers)) {
    let plain = inner;
    for (let level = 0; level < 5; level++) plain = percentUnescaped(plain);
    const link = hyphenUnescaped(plain).split("#")[1];
    if (link !== undefined && /\bv\s*=\s*\d/i.test(link)) return inner;
  }
  return text;
}
