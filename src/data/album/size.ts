// Width and height of an image by its header, so that one too large is refused before anything is decoded.
import type { FormatName } from "./format";

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const starts = (bytes: Uint8Array, at: number, text: string) =>
  [...text].every((letter, place) => bytes[at + place] === letter.charCodeAt(0));

/** Frame headers of JPEG: SOF0 … SOF15 without the tables among them (DHT, JPG, DAC). */
export const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function jpegSize(bytes: Uint8Array, view: DataView): ImageSize | null {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) at++;
    else if (isFrame(marker))
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else if (marker === 0xd9 || marker === 0xda) return null;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}

function webpSize(bytes: Uint8Array, view: DataView): ImageSize | null {
  if (starts(bytes, 12, "VP8 ")) {
    const [width, height] = [view.getUint16(26, true), view.getUint16(28, true)];
    return { width: width & 0x3fff, height: height & 0x3fff };
  }
  if (starts(bytes, 12, "VP8L")) {
    const packed = view.getUint32(21, true);
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (!starts(bytes, 12, "VP8X")) return null;
  // Three bytes each, one less than the size.
  const [width, height] = [view.getUint32(24, true), view.getUint32(27, true) >>> 0];
  return { width: (width & 0xffffff) + 1, height: (height & 0xffffff) + 1 };
}

/** How far into a media file its sizes (boxes "ispe") are looked for. */
const boxesWithin = 1 << 16;

/** HEIC and AVIF: the largest of all parts and previews. */
function mediaSize(bytes: Uint8Array, view: DataView): ImageSize | null {
  let found: ImageSize | null = null;
  const end = Math.min(bytes.length, boxesWithin) - 16;
  for (let at = bytes.indexOf(0x69); at >= 0 && at < end; at = bytes.indexOf(0x69, at + 1)) {
    if (!starts(bytes, at, "ispe")) continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (!found || size.width * size.height > found.width * found.height) found = size;
  }
  return found;
}

/** The first image of a TIFF file: tags 256 and 257. */
function tiffSize(bytes: Uint8Array, view: DataView): ImageSize | null {
  const little = bytes[0] === 0x49;
  const start = view.getUint32(4, little);
  if (start + 2 > bytes.length) return null;
  const found: Record<number, number> = {};
  for (let entry = 0; entry < view.getUint16(start, little); entry++) {
    const at = start + 2 + 12 * entry;
    if (at + 12 > bytes.length) break;
    const short = view.getUint16(at + 2, little) === 3;
    found[view.getUint16(at, little)] = short
      ? view.getUint16(at + 8, little)
      : view.getUint32(at + 8, little);
  }
  const [width, height] = [found[256], found[257]];
  return width === undefined || height === undefined ? null : { width, height };
}

/** Pixels of an SVG length without unit or in px; null for others. */
function pixels(text: string | undefined): number | null {
  const found = /^\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*$/.exec(text ?? "");
  return found ? Number(found[1]) : null;
}

/** The size that an SVG says, or that of its view box; 512×512 where it says none. */
function svgSize(bytes: Uint8Array): ImageSize {
  const text = new TextDecoder().decode(bytes.subarray(0, 65_536));
  const tag = /<(?:\w+:)?svg\b(?:[^>"']|"[^"]*"|'[^']*')*>/i.exec(text)?.[0] ?? "";
  const attribute = (name: string) =>
    new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`, "i").exec(tag)?.[1];
  const box = (attribute("viewBox") ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [boxWidth, boxHeight] = [box[2] || 512, box[3] || 512];
  const [width, height] = [pixels(attribute("width")), pixels(attribute("height"))];
  if (width !== null && height !== null) return { width, height };
  if (width !== null) return { width, height: (width * boxHeight) / boxWidth };
  if (height !== null) return { width: (height * boxWidth) / boxHeight, height };
  return { width: boxWidth, height: boxHeight };
}

/** An icon's entries; a side of 0 means 256. */
function iconSize(bytes: Uint8Array, view: DataView): ImageSize | null {
  let found: ImageSize | null = null;
  for (let entry = 0; entry < view.getUint16(4, true); entry++) {
    const at = 6 + 16 * entry;
    if (at + 16 > bytes.length) break;
    const size = { width: bytes[at] || 256, height: bytes[at + 1] || 256 };
    if (!found || size.width > found.width) found = size;
  }
  return found;
}

/**
 * Size of an image as its header says it, before EXIF turns it.
 * @returns null where the header does not say it or ends before
 */
export function imageSize(bytes: Uint8Array, format: FormatName): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    switch (format) {
      case "png":
        if (!starts(bytes, 12, "IHDR")) return null;
        return { width: view.getUint32(16), height: view.getUint32(20) };
      case "jpeg":
        return jpegSize(bytes, view);
      case "gif":
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
      case "bmp": {
        if (view.getUint32(14, true) === 12)
          return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
        // A negative height means that rows run downwards.
        const height = Math.abs(view.getInt32(22, true));
        return { width: Math.abs(view.getInt32(18, true)), height };
      }
      case "webp":
        return webpSize(bytes, view);
      case "avif":
      case "heic":
        return mediaSize(bytes, view);
      case "tiff":
        return tiffSize(bytes, view);
      case "svg":
        return svgSize(bytes);
      case "ico":
        return iconSize(bytes, view);
      default:
        return null;
    }
  } catch (error) {
    // A header that ends before its size says none.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
