// What stands in tables where a value is missing: nothing, marks of statistics programs, errors of spreadsheets, infinity.

/** In lower case, as Excel (English, German), R, pandas, SAS, SPSS and people write them. */
const marks = new Set([
  ...["", "?", "??", ".", "..", "...", "…", "-", "--", "---", "–", "—", "−", "*", "/"],
  ...[
    "na",
    "n/a",
    "n.a.",
    "n.a",
    "<na>",
    "#na",
    "k.a.",
    "k. a.",
    "n/d",
    "nan",
    "nat",
    "null",
    "nil",
  ],
  ...["none", "(blank)", "(null)", "(leer)", "\\n"],
  ...[
    "#n/a",
    "#n/v",
    "#nv",
    "#div/0!",
    "#div/0",
    "#value!",
    "#wert!",
    "#ref!",
    "#bezug!",
    "#name?",
  ],
  ...["#num!", "#zahl!", "#null!", "#error!", "#fehler!", "#spill!", "#calc!", "#getting_data"],
  ...["err", "error", "#err", "∞", "-∞", "+∞", "−∞"],
]);
/** No finite number: as C, Python and the runtime of Visual C++ print them. */
const endless = /^[+-]?(nan(\(\w*\))?|inf(inity)?|1\.#\w+)$/;

/** @param text trimmed */
export function isMissing(text: string): boolean {
  if (text.length > 14) return false;
  const lower = text.toLowerCase();
  return marks.has(lower) || endless.test(lower);
}
