// What kind of file bytes are: by what they hold, never by the file's name. Pure: no canvas, no file system.

/** Who decodes a format: every current browser, some of them, or none. */
type Readers = "all" | "some" | "none";

export interface FileFormat {
  /** Name for people: "HEIC". */
  readonly name: string;
  readonly readers: Readers;
  /** Media type. */
  readonly type: string;
  /** What to do where it cannot be decoded. */
  readonly advice: string;
}

const exportIt = "Export it as JPEG or PNG and add that.";
const leaveOut = "Leave it out.";

const image = (name: string, type: string, readers: Readers = "all", advice = exportIt) => ({
  name,
  readers,
  type: `image/${type}`,
  advice,
});
const other = (name: string, advice: string) => ({
  name,
  readers: "none" as const,
  type: "",
  advice,
});

/** Every file format that is recognized. */
export const formats = {
  jpeg: image("JPEG", "jpeg"),
  png: image("PNG", "png"),
  gif: image("GIF", "gif"),
  bmp: image("BMP", "bmp"),
  webp: image("WebP", "webp"),
  avif: image("AVIF", "avif"),
  svg: image("SVG", "svg+xml"),
  ico: image("icon (ICO)", "x-icon"),
  heic: image(
    "HEIC",
    "heic",
    "some",
    "iPhones save photos like this; only Safari opens them. For JPEG choose Settings › Camera › Formats › Most Compatible on the iPhone and take new photos, or export these as JPEG (Photos on a Mac: File › Export; Windows Photos: Save as).",
  ),
  tiff: image("TIFF", "tiff", "some"),
  jxl: image("JPEG XL", "jxl", "some"),
  jp2: image("JPEG 2000", "jp2", "some"),
  raw: other("camera raw", "Export it from the camera's software as JPEG and add that."),
  psd: other("Photoshop", exportIt),
  pdf: other("PDF", "Export its pages as PNG or JPEG and add these."),
  video: other("video", "Take single frames from it as JPEG and add these."),
  zip: other("zip archive", "Unpack it, or drop it on the page by itself."),
  gzip: other("gzip archive", "Unpack it and add the images in it."),
  archive: other("archive (RAR, 7z or tar)", "Unpack it, or pack it as zip: that is opened."),
  album: other(".album file", "Load it by itself: it holds all classes."),
  html: other(
    "web page",
    "What was saved is the page around the image: save the image itself (right-click › Save image as).",
  ),
  text: other("text", leaveOut),
  unknown: other("unknown", leaveOut),
} as const satisfies Record<string, FileFormat>;

export type FormatName = keyof typeof formats;

const at = (bytes: Uint8Array, place: number, text: string) =>
  [...text].every((letter, k) => bytes[place + k] === letter.charCodeAt(0));

/** Beginnings of files, each with the place where it stands. */
const beginnings: readonly (readonly [FormatName, number, string])[] = [
  ["jpeg", 0, "\xff\xd8\xff"],
  ["png", 0, "\x89PNG\r\n\x1a\n"],
  ["gif", 0, "GIF87a"],
  ["gif", 0, "GIF89a"],
  ["psd", 0, "8BPS"],
  ["pdf", 0, "%PDF-"],
  ["zip", 0, "PK\x03\x04"],
  ["zip", 0, "PK\x05\x06"],
  ["gzip", 0, "\x1f\x8b"],
  ["archive", 0, "Rar!\x1a\x07"],
  ["archive", 0, "7z\xbc\xaf\x27\x1c"],
  ["archive", 257, "ustar"],
  ["album", 0, "RPALBUM"],
  ["jxl", 0, "\xff\x0a"],
  ["jxl", 4, "JXL \r\n\x87\n"],
  ["jp2", 4, "jP  \r\n\x87\n"],
  ["jp2", 0, "\xff\x4f\xff\x51"],
  ["ico", 0, "\0\0\x01\0"],
  ["raw", 0, "FUJIFILMCCD-RAW"],
  ["raw", 0, "IIU\0"],
  ["raw", 0, "IIRO"],
  ["raw", 0, "IIRS"],
  ["raw", 8, "CR\x02"],
  ["tiff", 0, "II*\0"],
  ["tiff", 0, "MM\0*"],
  ["tiff", 0, "II+\0"],
  ["tiff", 0, "MM\0+"],
  ["video", 0, "\x1a\x45\xdf\xa3"],
];

/** Endings of raw files that begin as TIFF files do. */
const rawEnding = /\.(nef|nrw|arw|sr2|dng|pef|3fr|erf|kdc|dcr|mef|mos|iiq|srw)$/i;

/** ISO media files: HEIC, AVIF, Canon's raw and videos begin alike and name their brands. */
function mediaFormat(bytes: Uint8Array): FormatName {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const end = Math.min(size, bytes.length, 256);
  const brands = new Set<string>();
  for (let place = 8; place + 4 <= end; place += 4) {
    brands.add(String.fromCharCode(...bytes.subarray(place, place + 4)));
  }
  const any = (...names: readonly string[]) => names.some((name) => brands.has(name));
  if (any("avif", "avis")) return "avif";
  if (any("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1")) return "heic";
  return brands.has("crx ") ? "raw" : "video";
}

/** The first bytes as text; null where they are none. Reads UTF-8 and, behind its mark, UTF-16. */
function textOf(bytes: Uint8Array): string | null {
  const start = bytes.subarray(0, 4096);
  const wide = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  const text = new TextDecoder(
    wide ? (start[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8",
  ).decode(start);
  // A letter may be cut at the end of what is looked at.
  const odd = [...text.slice(0, -1)].filter((letter) => {
    const code = letter.codePointAt(0) as number;
    return code === 0xfffd || (code < 32 && !"\t\n\r\f".includes(letter));
  }).length;
  return odd === 0 ? text : null;
}

function textFormat(text: string): FormatName {
  const plain = text.replace(/^\uFEFF/, "").replace(/<!--[\s\S]*?(-->|$)/g, "");
  const head = plain.replace(/<\?[\s\S]*?\?>/g, "").trimStart();
  if (/^(<!doctype\s+svg[^[>]*(\[[\s\S]*?\])?\s*>\s*)?<(\w+:)?svg[\s>/]/i.test(head)) return "svg";
  if (/^<(!doctype\s+html|html|head|body)[\s>]/i.test(head)) return "html";
  return "text";
}

/**
 * Tells what a file is.
 * @param bytes its beginning: 4,096 bytes suffice
 * @param name only tells TIFF files from raw files that begin as these do
 */
export function formatOf(bytes: Uint8Array, name = ""): FormatName {
  const found = beginnings.find(([, place, text]) => at(bytes, place, text))?.[0];
  if (found === "tiff") return rawEnding.test(name) ? "raw" : "tiff";
  if (found) return found;
  if (at(bytes, 0, "RIFF") && bytes.length >= 12)
    return at(bytes, 8, "WEBP") ? "webp" : at(bytes, 8, "AVI ") ? "video" : "unknown";
  if (bytes.length >= 12 && at(bytes, 4, "ftyp")) return mediaFormat(bytes);
  // Two letters are little: the size of a known header follows.
  if (at(bytes, 0, "BM") && [12, 40, 52, 56, 64, 108, 124].includes(bytes[14] as number))
    return "bmp";
  const text = textOf(bytes);
  return text === null ? "unknown" : textFormat(text);
}
