// Numbers as people and programs write them: decimal comma, thousands, percent, money, units, true minus, full-width digits, parentheses.

/** What a text says under each decimal sign; null where it is no number under that one. */
export interface NumberText {
  readonly point: number | null;
  readonly comma: number | null;
  /** "%", "$", "kg" …; empty for a bare number. */
  readonly unit: string;
  /** What separates its thousands: ",", ".", "'" or " "; empty where nothing does. */
  readonly groups: string;
  /** It has other signs than ASCII ones: a true minus, full-width digits, or parentheses for a minus. */
  readonly minus: boolean;
  readonly fullWidth: boolean;
  readonly parentheses: boolean;
}

const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const money =
  "(?:US|CA|A|AU|NZ|HK|R)?\\$|€|£|¥|￥|₹|₽|₩|₺|₫|₴|₪|฿|₿|¢|US\\$|USD|EUR|GBP|JPY|CNY|RMB|CHF|SFr\\.?|Fr\\.?|SEK|NOK|DKK|PLN|CZK|HUF|INR|RUB|BRL|CAD|AUD|kr\\.?|zł|Kč|Ft|Rs\\.?";
const share = "[%‰‱]";
const physical =
  "[nµμmckMGT]?(?:m|g|s|A|V|W|J|N|Hz|Pa|l|L|Ω|eV|B|bar|cal|Wh)(?:[²³23]|/(?:s|h|min|m[²³23]?|l|L|kg)|/s[²2])?|in|ft|yd|mi|lbs?|oz|t|h|d|min|ha|mph|km/h|K|°[CF]?|℃|℉|ppm|ppb|dB|px|pt|mmHg|mg/d[lL]|rpm|x";
const before = new RegExp(`^(${money})\\s*`, "i");
const behind = new RegExp(`\\s*(${share}|${money}|${physical})$`);
const behindMoney = new RegExp(`\\s*(${money})$`, "i");

/** Groups of three behind the first digits, as in 1,234,567; of two and three as in India. */
const groupings: readonly (readonly [string, RegExp])[] = [
  [",", /^([1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})(\.\d*)?$/],
  [".", /^([1-9]\d{0,2}(?:\.\d{3})+)(,\d*)?$/],
  [" ", /^([1-9]\d{0,2}(?: \d{3})+)([.,]\d*)?$/],
  ["'", /^([1-9]\d{0,2}(?:'\d{3})+)([.,]\d*)?$/],
];

const pointGroups = /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/;

/** Thin, hard and wide blanks. */
const blanks = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const minusSigns = /[\u2212\u2010-\u2013\ufe63]/g;
const apostrophes = /[\u2019\u02bc\u00b4`]/g;
const invisible = /[\u200b-\u200f\u2060\ufeff]/g;
const fullWidth = /[\uff01-\uff5e]/g;
const ascii = /^[\x20-\x7e]*$/;

/** Signs that only look different, as ASCII. */
function fold(text: string): string {
  return text
    .replace(invisible, "")
    .replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(minusSigns, "-")
    .replace(apostrophes, "'")
    .replace(blanks, " ")
    .trim();
}

interface Body {
  readonly point: number | null;
  readonly comma: number | null;
  readonly groups: string;
}

/** The digits alone. @param text without sign and unit */
function readBody(text: string): Body | null {
  if (/^\d+$/.test(text)) return { point: Number(text), comma: Number(text), groups: "" };
  const mixed = /^(\d*)([.,])(\d*)(e[+-]?\d+)?$/i.exec(text);
  const decimals = mixed && (mixed[1] !== "" || mixed[3] !== "");
  const fraction = decimals ? Number(`${mixed[1]}.${mixed[3]}${mixed[4] ?? ""}`) : null;
  for (const [sign, pattern] of groupings) {
    const found = pattern.exec(text);
    if (!found) continue;
    const rest = found[2] ?? "";
    const whole = (found[1] as string).replaceAll(sign, "");
    const value = Number(`${whole}${rest.replace(",", ".")}`);
    const asPoint = sign !== "." && !rest.startsWith(",");
    const asComma = sign !== "," && !rest.startsWith(".");
    return {
      // 1,234 is one and a bit for those who write a decimal comma; 1.234 for those who write a point.
      point: asPoint ? value : mixed?.[2] === "." ? fraction : null,
      comma: asComma ? value : mixed?.[2] === "," ? fraction : null,
      groups: sign,
    };
  }
  if (decimals) {
    const point = mixed[2] === ".";
    return { point: point ? fraction : null, comma: point ? null : fraction, groups: "" };
  }
  const power = /^\d+e[+-]?\d+$/i.test(text) ? Number(text) : null;
  return power === null ? null : { point: power, comma: power, groups: "" };
}

/** @param text trimmed. @returns null where it is a number under neither sign */
export function readNumber(text: string): NumberText | null {
  const none = { unit: "", groups: "", minus: false, fullWidth: false, parentheses: false };
  if (plain.test(text)) {
    const point = Number(text);
    if (!text.includes(".")) return { point, comma: point, ...none };
    // 1.234 is more than a thousand for those who write a decimal comma.
    if (!pointGroups.test(text)) return { point, comma: null, ...none };
    return { point, comma: Number(text.replaceAll(".", "")), ...none, groups: "." };
  }
  if (text.length > 40 || !/\d|[\uff10-\uff19]/.test(text)) return null;
  return readDressed(text, none);
}

function readDressed(text: string, none: Omit<NumberText, "point" | "comma">): NumberText | null {
  let rest = ascii.test(text) ? text : fold(text);
  const parentheses = /^\(.*\)$/.test(rest);
  if (parentheses) rest = rest.slice(1, -1).trim();
  let negative = parentheses;
  let signed = parentheses;
  const takeSign = () => {
    const found = /^([+-])\s*/.exec(rest);
    if (!found || signed) return;
    signed = true;
    negative = found[1] === "-";
    rest = rest.slice(found[0].length);
  };
  takeSign();
  let unit = "";
  const front = before.exec(rest);
  if (front) {
    unit = front[1] as string;
    rest = rest.slice(front[0].length);
    takeSign();
  } else {
    const back = behind.exec(rest) ?? behindMoney.exec(rest);
    if (back && back.index > 0) {
      unit = back[1] as string;
      rest = rest.slice(0, back.index);
    }
  }
  if (!signed && rest.endsWith("-")) {
    negative = true;
    rest = rest.slice(0, -1).trimEnd();
  }
  const body = readBody(rest);
  if (!body) return null;
  const sign = (value: number | null) => (value === null ? null : negative ? -value : value);
  return {
    ...none,
    point: sign(body.point),
    comma: sign(body.comma),
    groups: body.groups,
    unit,
    minus: /[\u2212\u2010-\u2013\ufe63]/.test(text),
    fullWidth: /[\uff01-\uff5e]/.test(text),
    parentheses,
  };
}
