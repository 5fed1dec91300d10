// Characters as keyboards, word processors and phones put them: the plain one that is meant by each.

/** Zero of every script's decimal digits that people type numbers with. */
const zeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xc66, 0xe50, 0x1040, 0x17e0,
];

/** Text in UTF-8 that was read as Windows-1252, as mails do it to dashes, blanks and dots. */
const misread: Readonly<Record<string, string>> = {
  "âˆ’": "-",
  "â€“": "-",
  "â€”": "-",
  "â€‘": "-",
  "â€¦": "…",
  "Â\u00a0": " ",
  "Â ": " ",
};

/** What is not seen; a soft hyphen may have been a minus and stays. */
const invisible = /(?!\u00ad)[\p{Cf}\u115f\u1160\u3164\ufffc]|(?![\t\n\r])\p{Cc}/gu;

export function withoutInvisible(text: string): string {
  return text.replace(invisible, "");
}

/** Full-width forms, other scripts' digits, and every dash as the ASCII character that is meant. */
export function asciiForms(text: string): string {
  if (!/[^\p{ASCII}]/u.test(text)) return text;
  return text
    .replace(/âˆ’|â€[“”‘¦]|Â[\u00a0 ]/g, (found) => misread[found] ?? found)
    .normalize("NFKC")
    .replace(/[\u2010-\u2015\u2043\u2212\u02d7\u2796\u30fc\u2500]/g, "-")
    .replace(/[\u066b\u3002\uff61]/g, ".")
    .replace(/[\u066c\u060c\u3001]/g, ",")
    .replace(/[\u061b\u037e]/g, ";")
    .replace(/\u0131/g, "i")
    .replace(/[^\p{ASCII}]/gu, plainDigit)
    .replace(/\p{M}/gu, "");
}

function plainDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const zero = zeros.find((start) => code >= start && code < start + 10);
  return zero === undefined ? character : String(code - zero);
}
