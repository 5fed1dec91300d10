// For tests: what mails, chats, word processors and web sites do to links, one function each.

/** The address without what comes behind "#". */
export const base = "http://localhost:4173/";

/** The pieces of a link that manglings take apart. */
export interface Mangling {
  readonly name: string;
  /** @param link the part after "#" @returns the text that a learner gets; null where it would stay the same */
  mangle(link: string): string | null;
}

const make = (name: string, mangle: (link: string) => string): Mangling => ({
  name,
  mangle: (link) => {
    const text = mangle(link);
    return text === `${base}#${link}` ? null : text;
  },
});
const within = (name: string, change: (link: string) => string) =>
  make(name, (link) => `${base}#${change(link)}`);

const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[.\-_]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
const times = (count: number, change: (text: string) => string) => (text: string) => {
  let held = text;
  for (let at = 0; at < count; at++) held = change(held);
  return held;
};
/** Puts a text after every so many characters. */
const every = (count: number, put: string) => (link: string) =>
  (link.match(new RegExp(`.{1,${count}}`, "g")) ?? []).join(put);
/** Quoted-printable: lines end with "=" and whatever is left of the line's end. */
const quoted = (link: string, lineEnd: string) =>
  (link.match(/.{1,19}/g) ?? []).map((line) => line.replaceAll("=", "=3D")).join(lineEnd);
/** Puts a text at a share of the way through. */
const at = (share: number, put: string) => (link: string) => {
  const place = Math.max(1, Math.floor(link.length * share));
  return link.slice(0, place) + put + link.slice(place);
};
const digits = (zero: number) => (link: string) =>
  link.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

const behind = [
  ...".),>]}\"'’”!?:*_~`…/\\|;&-+(<[{«»“„。、）％=^§",
  ...[").", ").\n", "**", "__", "...", ">.", "),", "\n", "\r\n", "\t", " ", "  ", "%20", "%22"],
  ...["\u200b", "\u200d", "\u00ad", "\ufeff", "\u200e", "\u200f", "\u202c", "\u2069", "\u00a0"],
  ...["\u2060", "\ufffd", '">link</a>', '" target="_blank">', " (open it)", "\nSent from my phone"],
];
const inFront = ["(", "<", '"', " ", "\u200b", "\ufeff", "See: ", "*", "\u202a", "1. "];
const wraps = [
  ["<", ">"],
  ["(", ")"],
  ["[", "]"],
  ['"', '"'],
  ["“", "”"],
  ["„", "“"],
  ["**", "**"],
  ["`", "`"],
  ["[this experiment](", ")"],
  ['<a href="', '">this experiment</a>'],
  ["Look at ", " – it overfits, doesn't it?"],
  ["Look at ", ", then change λ."],
  ["[url]", "[/url]"],
];
const separators = [
  "&",
  "+",
  ",",
  "|",
  "\n",
  " ",
  "%0A",
  "; ",
  " ; ",
  ";;",
  ", ",
  " & ",
  "%20",
  "/",
];
const minuses = ["−", "–", "‑", "—", "﹣", "－", "‐", "&minus;", "%E2%88%92", "&#8722;", "âˆ’"];
const trackers = [
  "utm_source=classroom&utm_medium=lms&utm_campaign=a-b",
  "fbclid=IwAR0-abc_def",
  "gclid=Cj0KCQ",
  "msclkid=f00",
  "mc_cid=1&mc_eid=2",
  "igshid=abc=",
  "_hsenc=p2&_hsmi=3",
  "ref=twitter",
  "si=Ab1",
];

export const manglings: readonly Mangling[] = [
  ...behind.map((sign) => within(`${JSON.stringify(sign)} behind`, (link) => link + sign)),
  ...inFront.map((sign) =>
    make(`${JSON.stringify(sign)} in front`, (link) => `${sign}${base}#${link}`),
  ),
  ...wraps.map(([open, close]) =>
    make(`${open}…${close}`, (link) => `${open}${base}#${link}${close}`),
  ),
  make("[link](link)", (link) => `[${base}#${link}](${base}#${link})`),
  make("twice, one below the other", (link) => `${base}#${link}\n${base}#${link}`),
  ...["?", "/", "!", "!/", "#", " ", "%20", "\u200b", "%23", "?/"].map((sign) =>
    within(`${JSON.stringify(sign)} behind the hash`, (link) => sign + link),
  ),
  ...[1, 2, 3].flatMap((count) => [
    within(`escaped ${count} times`, times(count, encodeURIComponent)),
    within(`every sign escaped ${count} times`, times(count, escaped)),
    within(`; escaped ${count} times`, (link) =>
      link.replaceAll(";", times(count, encodeURIComponent)(";")),
    ),
    within(`= escaped ${count} times`, (link) =>
      link.replaceAll("=", times(count, encodeURIComponent)("=")),
    ),
    make(`all escaped ${count} times`, (link) =>
      times(count, encodeURIComponent)(`${base}#${link}`),
    ),
  ]),
  within("- as %2D", (link) => link.replaceAll("-", "%2D")),
  within(". as %2E", (link) => link.replaceAll(".", "%2e")),
  within(", as %2C", (link) => link.replaceAll(",", "%2C")),
  within("small letters in escapes", (link) => link.replaceAll(";", "%3b").replaceAll("=", "%3d")),
  within("; as %u003B", (link) => link.replaceAll(";", "%u003B")),
  make("# as %23 in the path", (link) => `${base}%23${link}`),
  make("# as %2523 in the path", (link) => `${base}%2523${encodeURIComponent(link)}`),
  make("? in place of #", (link) => `${base}?${link}`),
  make("?# in place of #", (link) => `${base}?%23${link}`),
  within("= as =3D", (link) => link.replaceAll("=", "=3D")),
  within("= as =3D, lines broken", (link) => quoted(link, "=\n")),
  within("= as =3D, lines broken and joined", (link) => quoted(link, "=")),
  within("& as &amp;", (link) => link.replaceAll(";", "&amp;")),
  within("& as &amp;amp;", (link) => link.replaceAll(";", "&amp;amp;")),
  within("; as &#59;", (link) => link.replaceAll(";", "&#59;")),
  within("; as &#x3b;", (link) => link.replaceAll(";", "&#x3b;")),
  within("; as &semi;", (link) => link.replaceAll(";", "&semi;")),
  within("= as &#61;", (link) => link.replaceAll("=", "&#61;")),
  ...minuses.map((sign) => within(`- as ${sign}`, (link) => link.replaceAll("-", sign))),
  within("full-width digits", digits(0xff10)),
  within("full-width signs", (link) => link.replace(/[;=.,-]/g, fullWidth)),
  within("full-width everything", fullWidth),
  within("Arabic-Indic digits", digits(0x660)),
  within("Persian digits", digits(0x6f0)),
  within("Devanagari digits", digits(0x966)),
  within("bold digits", digits(0x1d7ce)),
  within("decimal comma", (link) => link.replace(/(\d)\.(?=\d)/g, "$1,")),
  ...[0.2, 0.4, 0.6, 0.8, 0.93].flatMap((share) =>
    [" ", "\n", "%0A", "%20", "\r\n", "\u00a0", "\u00ad", "\u200b", "\t", "*", "\n> "].map((put) =>
      within(`${JSON.stringify(put)} at ${share}`, at(share, put)),
    ),
  ),
  within("zero-width everywhere", every(1, "\u200b")),
  within("soft hyphens everywhere", every(3, "\u00ad")),
  within("blanks everywhere", every(5, " ")),
  within("lines of 12", every(12, "\n")),
  within("lines of 12, quoted", every(12, "\n> ")),
  ...separators.map((sign) =>
    within(`; as ${JSON.stringify(sign)}`, (link) => link.replaceAll(";", sign)),
  ),
  within("blanks around =", (link) => link.replaceAll("=", " = ")),
  within("capitals", (link) => link.toUpperCase()),
  within("Capitals", (link) =>
    link.replace(/(^|;)([a-z])/g, (_, sign, letter) => sign + letter.toUpperCase()),
  ),
  make("everything in small letters", (link) => `${base}#${link}`.toLowerCase()),
  ...trackers.flatMap((tracker) => [
    within(`&${tracker} behind`, (link) => `${link}&${tracker}`),
    within(`?${tracker} behind`, (link) => `${link}?${tracker}`),
    make(`?${tracker} before #`, (link) => `${base}?${tracker}#${link}`),
    make(`?link&${tracker}`, (link) => `${base}?${link}&${tracker}`),
  ]),
  within("text fragment", (link) => `${link}:~:text=over%20fit`),
  within("text fragment, escaped", (link) => `${link}%3A~%3Atext%3Dover`),
  make("safe link", (link) => {
    const url = encodeURIComponent(`${base}#${link}`);
    return `https://eur01.safelinks.protection.outlook.com/?url=${url}&data=05%7C01%7Ca%40b.c%7C7&sdata=x%3D&reserved=0`;
  }),
  make(
    "search engine",
    (link) => `https://www.google.com/url?q=${encodeURIComponent(`${base}#${link}`)}&sa=D&usg=AOv`,
  ),
  make(
    "social network",
    (link) => `https://l.facebook.com/l.php?u=${encodeURIComponent(`${base}#${link}`)}&h=AT1`,
  ),
  make("mail filter 2", (link) => {
    const url = `${base}#${link}`.replace(
      /[:#=;,]/g,
      (sign) => `-${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    );
    const held = `${base}#${link}`.includes("-")
      ? `${base}#${link}`
          .replaceAll("-", "-2D")
          .replace(/[:#=;,]/g, (sign) => `-${sign.charCodeAt(0).toString(16).toUpperCase()}`)
      : url;
    return `https://urldefense.proofpoint.com/v2/url?u=${held.replaceAll("/", "_")}&d=DwMF&c=abc`;
  }),
  make("mail filter 3", (link) => `https://urldefense.com/v3/__${base}*${link}__;Iw!!abc$`),
];

/** Every way to lose the end of a link that has at least its version whole. */
export function cuts(link: string): readonly string[] {
  return Array.from({ length: link.length - 1 }, (_, end) => link.slice(0, end + 1));
}
