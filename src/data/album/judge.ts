// Whether an image file can be learned from, by its bytes alone: page and command line ask the same question.
import { hasAllRows } from "./decodePng";
import { type FormatName, formatOf, formats } from "./format";
import { hasAllBlocks } from "./jpegScan";
import { type ImageSize, imageSize } from "./size";
import { damageOf } from "./whole";

/** Why a file is left out. Files of one kind are shown together. */
export interface Refusal {
  /** Words that count them: "3 HEIC images". */
  readonly kind: { readonly one: string; readonly many: string };
  /** What is wrong with this file, without its name: "is cut off: it ends after 1,365 bytes". */
  readonly why: string;
  /** What to do. */
  readonly advice: string;
}

/** A refusal with the file that it is about. */
export interface RefusedFile extends Refusal {
  /** Name, with the folders around it where it lay in some. */
  readonly file: string;
}

/** Bytes from which a file's kind and size can be told: a photograph's sizes stand behind its small preview. */
export const headerBytes = 1 << 19;
/** Largest file, in bytes. */
export const mostBytes = 30e6;
/** Most pixels of an image: 8192 × 8192. One takes 268 MB when it is decoded. */
export const mostPixels = 2 ** 26;
/** Least pixels of the shorter side. */
export const leastSide = 8;
/** Least share of an image that its middle square must keep. */
export const leastKept = 0.1;

const number = (value: number) => Math.round(value).toLocaleString("en-US");
const kind = (one: string, many = `${one}s`) => ({ one, many });

/** Refusals that need more than the header: found while reading, decoding or placing a file. */
export const refusals = {
  empty: (): Refusal => ({
    kind: kind("empty file"),
    why: "is empty (0 bytes)",
    advice: "Copy or download it again, or leave it out.",
  }),
  heavy: (bytes: number): Refusal => ({
    kind: kind("file that is too large", "files that are too large"),
    why: `has ${(bytes / 1e6).toFixed(1)} MB: at most ${mostBytes / 1e6} MB are read`,
    advice: "Make the image smaller and add it again.",
  }),
  cut: (bytes: number): Refusal => ({
    kind: kind("image that is cut off", "images that are cut off"),
    why: `is cut off: its ${number(bytes)} bytes end before the image does`,
    advice: "Copy or download it again: part of it would be learned as a grey area.",
  }),
  damaged: (): Refusal => ({
    kind: kind("damaged image"),
    why: "is damaged: its content does not fit together",
    advice: "Copy or download it again.",
  }),
  incomplete: (): Refusal => ({
    kind: kind("image that is cut off", "images that are cut off"),
    why: "lacks part of its pixels, although it has an end",
    advice: "Copy or download it again: part of it would be learned as a grey area.",
  }),
  undecoded: (format: FormatName): Refusal => ({
    kind: kind(
      `${formats[format].name} file that this browser cannot decode`,
      `${formats[format].name} files that this browser cannot decode`,
    ),
    why: `is a ${formats[format].name} file that this browser cannot decode`,
    advice: formats[format].advice,
  }),
  transparent: (): Refusal => ({
    kind: kind("image without any visible pixel", "images without any visible pixel"),
    why: "is fully transparent: there is nothing to see in it",
    advice: "Export it with its drawing, or leave it out.",
  }),
  blankFrames: (): Refusal => ({
    kind: kind("animation whose first frame is blank", "animations whose first frame is blank"),
    why: "is an animation whose first frame is blank, and no later one with anything in it could be decoded",
    advice: "Export another frame as PNG.",
  }),
  blank: (colour: string): Refusal => ({
    kind: kind("image of one colour", "images of one colour"),
    why: `becomes one colour all over (${colour})`,
    advice: "There is nothing to tell it by: leave it out, or export it again.",
  }),
} as const;

function tooSmall({ width, height }: ImageSize): Refusal {
  return {
    kind: kind("image that is too small", "images that are too small"),
    why: `is ${width}×${height} pixels: at least ${leastSide}×${leastSide} are needed`,
    advice: "Add a larger version.",
  };
}

function tooLarge({ width, height }: ImageSize): Refusal {
  return {
    kind: kind("image that is too large", "images that are too large"),
    why: `is ${width}×${height} pixels (${number((width * height) / 1e6)} megapixels): at most ${number(mostPixels / 1e6)} megapixels are decoded`,
    advice: "Make it smaller and add it again.",
  };
}

function tooLong({ width, height }: ImageSize): Refusal {
  const kept = (100 * Math.min(width, height)) / Math.max(width, height);
  return {
    kind: kind("image that is too elongated", "images that are too elongated"),
    why: `is ${width}×${height} pixels: its middle square would keep only ${kept < 1 ? kept.toFixed(1) : Math.round(kept)} % of it`,
    advice: "Cut out the part that matters and add that.",
  };
}

function noImage(format: FormatName): Refusal {
  const { name, advice } = formats[format];
  if (format === "unknown" || format === "text") {
    return {
      kind: kind("file that is no image", "files that are no images"),
      why: format === "text" ? "is a text file, not an image" : "is no image of a known kind",
      advice,
    };
  }
  if (format === "heic" || formats[format].type !== "") {
    return { kind: kind(`${name} image`), why: `is a ${name} image`, advice };
  }
  const article = /^[AEIOU.]/.test(name) ? "an" : "a";
  const noun = /(file|archive|page|video)/.test(name) ? name : `${name} file`;
  return { kind: kind(noun), why: `is ${article} ${noun}, not an image`, advice };
}

/** What the size of an image forbids. @param least of the shorter side; vector drawings have none */
export function sizeRefusal(size: ImageSize, least = leastSide): Refusal | null {
  const { width, height } = size;
  const short = Math.min(width, height);
  if (!(short > 0)) return refusals.damaged();
  if (short < least) return tooSmall(size);
  if (width * height > mostPixels) return tooLarge(size);
  return short / Math.max(width, height) < leastKept ? tooLong(size) : null;
}

export interface Judgement {
  readonly format: FormatName;
  /** By the header, before EXIF turns it; null where the header does not say. */
  readonly size: ImageSize | null;
  /** Null where every current browser decodes it. */
  readonly refusal: Refusal | null;
  /** True for a refused format that some browsers decode: those may try. */
  readonly mayDecode: boolean;
}

/**
 * Judges the beginning of a file: kind and size. Nothing is decoded.
 * @param bytes its first `headerBytes` or all of it
 * @param length of the whole file
 */
export function judgeHeader(bytes: Uint8Array, length: number, name = ""): Judgement {
  const format = formatOf(bytes, name);
  const size = imageSize(bytes, format);
  const verdict = (refusal: Refusal | null, mayDecode = false) => ({
    format,
    size,
    refusal,
    mayDecode,
  });
  if (length === 0) return verdict(refusals.empty());
  const { readers } = formats[format];
  if (readers === "none") return verdict(noImage(format));
  if (length > mostBytes) return verdict(refusals.heavy(length));
  const refused = size && sizeRefusal(size, format === "svg" ? 0 : leastSide);
  if (refused) return verdict(refused);
  return readers === "some" ? verdict(noImage(format), true) : verdict(null);
}

/** Judges a whole file: also whether it is all there. */
export function judgeFile(bytes: Uint8Array, name = ""): Judgement {
  const judged = judgeHeader(bytes, bytes.length, name);
  if (judged.refusal && !judged.mayDecode) return judged;
  const damage = damageOf(bytes, judged.format);
  // A header without its size is one that ends before.
  const lost =
    judged.size === null && ["jpeg", "png", "gif", "webp", "bmp"].includes(judged.format);
  if (damage === "cut" || (damage === null && lost))
    return { ...judged, refusal: refusals.cut(bytes.length), mayDecode: false };
  if (damage) return { ...judged, refusal: refusals.damaged(), mayDecode: false };
  return judged;
}

/** Whether the packed pixels fill the image: slower, for those that look as if they did not, or where time matters less. */
export function pixelsRefusal(bytes: Uint8Array, format: FormatName): Refusal | null {
  const whole = format === "jpeg" ? hasAllBlocks : format === "png" ? hasAllRows : null;
  return whole && !whole(bytes) ? refusals.incomplete() : null;
}

/** A refusal as one sentence or two, for lists and the command line. */
export function refusalText({ why, advice }: Refusal): string {
  return `${why}. ${advice}`;
}
