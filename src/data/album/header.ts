// Reads width and height from the first bytes of a picture file, so that one too large is refused before it is unpacked.

/** What the first bytes of a file say. */
export interface PictureHeader {
  readonly format: "PNG" | "JPEG" | "GIF" | "BMP" | "WebP";
  readonly width: number;
  readonly height: number;
}

/** Bytes that are looked at: a photograph's sizes stand behind its small preview. */
export const headerBytes = 1 << 19;

const starts = (bytes: Uint8Array, at: number, text: string) =>
  [...text].every((letter, place) => bytes[at + place] === letter.charCodeAt(0));

/** Frame headers of JPEG: SOF0 … SOF15 without the tables among them (DHT, JPG, DAC). */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function jpegHeader(bytes: Uint8Array, view: DataView): PictureHeader | null {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) at++;
    else if (isFrame(marker)) {
      return { format: "JPEG", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else if (marker === 0xd9 || marker === 0xda) return null;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}

function webpHeader(bytes: Uint8Array, view: DataView): PictureHeader | null {
  const format = "WebP";
  if (starts(bytes, 12, "VP8 ")) {
    const [width, height] = [view.getUint16(26, true), view.getUint16(28, true)];
    return { format, width: width & 0x3fff, height: height & 0x3fff };
  }
  if (starts(bytes, 12, "VP8L")) {
    const packed = view.getUint32(21, true);
    return { format, width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (!starts(bytes, 12, "VP8X")) return null;
  // Three bytes each, one less than the size.
  const [width, height] = [view.getUint32(24, true), view.getUint32(27, true) >>> 0];
  return { format, width: (width & 0xffffff) + 1, height: (height & 0xffffff) + 1 };
}

/**
 * Format and size of a picture by its first bytes.
 * @returns null where they are of none of the five formats, or end before the size: only unpacking tells then
 */
export function pictureHeader(bytes: Uint8Array): PictureHeader | null {
  // The shortest sizes end at byte 10, WebP's at byte 31.
  if (bytes.length < 32) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (starts(bytes, 0, "\u0089PNG\r\n\u001a\n") && starts(bytes, 12, "IHDR"))
    return { format: "PNG", width: view.getUint32(16), height: view.getUint32(20) };
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegHeader(bytes, view);
  if (starts(bytes, 0, "GIF8"))
    return { format: "GIF", width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (starts(bytes, 0, "BM")) {
    // A negative height means that rows run downwards.
    const height = Math.abs(view.getInt32(22, true));
    return { format: "BMP", width: view.getInt32(18, true), height };
  }
  if (starts(bytes, 0, "RIFF") && starts(bytes, 8, "WEBP")) return webpHeader(bytes, view);
  return null;
}
