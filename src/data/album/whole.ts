// Whether an image file is all there: downloads and copies that broke off, and files that were damaged on the way.
import { Crc32 } from "../readers/crc32";
import type { FormatName } from "./format";

/** How a file is broken, or null. */
export type Damage = "cut" | "damaged" | null;

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;

/** The place behind a scan's packed pixels: at the next marker, or the end of the file. */
export function behindScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !isRestart(next)) return at;
    at = bytes.indexOf(0xff, at + 1);
  }
  return bytes.length;
}

/** From marker to marker up to the end mark; what follows is not part of the image. */
function jpegDamage(bytes: Uint8Array): Damage {
  let scans = 0;
  for (let at = 2; ; ) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return "cut";
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++];
    if (marker === undefined) return "cut";
    if (marker === 0xd9) return scans > 0 ? null : "damaged";
    if (marker <= 0x01 || isRestart(marker) || marker === 0xd8) continue;
    if (at + 2 > bytes.length) return "cut";
    const length = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    if (length < 2) return "damaged";
    at += length;
    if (at > bytes.length) return "cut";
    if (marker !== 0xda) continue;
    scans++;
    at = behindScan(bytes, at);
  }
}

/** From chunk to chunk up to IEND, with the check sums of those that carry the image. */
function pngDamage(bytes: Uint8Array): Damage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let pixels = false;
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) return "cut";
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) return "damaged";
    if (at + 12 + length > bytes.length) return "cut";
    // Capital first letters mark what an image cannot do without.
    if (/^[A-Z]/.test(type)) {
      const sum = new Crc32();
      sum.add(bytes.subarray(at + 4, at + 8 + length));
      if (sum.value !== view.getUint32(at + 8 + length)) return "damaged";
    }
    if (type === "IDAT") pixels = true;
    if (type === "IEND") return pixels ? null : "damaged";
    at += 12 + length;
  }
}

/** The place behind a chain of sub-blocks, or −1 where the file ends in it. */
function behindBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) return -1;
    at += 1 + length;
    if (length === 0) return at;
  }
}

const colours = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

/** Enough is one whole frame: some programs write no end mark. */
function gifDamage(bytes: Uint8Array): Damage {
  const { frames, damage } = gifFrames(bytes);
  return frames > 0 && damage !== "cut" ? null : damage;
}

/** Counts the whole frames of a GIF. */
function gifFrames(bytes: Uint8Array): { readonly frames: number; readonly damage: Damage } {
  let frames = 0;
  let at = 13 + colours(bytes[10] ?? 0);
  for (;;) {
    const kind = bytes[at];
    if (kind === undefined) return { frames, damage: frames > 0 ? null : "cut" };
    if (kind === 0x3b) return { frames, damage: frames > 0 ? null : "damaged" };
    if (kind === 0x21) at = behindBlocks(bytes, at + 2);
    else if (kind === 0x2c) at = behindBlocks(bytes, at + 11 + colours(bytes[at + 9] ?? 0));
    else return { frames, damage: "damaged" };
    if (at < 0) return { frames, damage: "cut" };
    if (kind === 0x2c) frames++;
  }
}

function bmpDamage(bytes: Uint8Array): Damage {
  // The oldest header is shorter and says nothing of how its pixels are packed.
  if (bytes[14] === 12) return bytes.length < 26 ? "cut" : null;
  if (bytes.length < 34) return "cut";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const packed = view.getUint32(30, true);
  if (packed !== 0 && packed !== 3) return null;
  const bits = Math.abs(view.getInt32(18, true)) * view.getUint16(28, true);
  const rows = Math.abs(view.getInt32(22, true));
  return view.getUint32(10, true) + 4 * Math.ceil(bits / 32) * rows > bytes.length ? "cut" : null;
}

/** HEIC and AVIF: boxes that follow each other to the end. */
function mediaDamage(bytes: Uint8Array): Damage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    // 0: to the end of the file; 1: a longer size follows, as no photograph has it.
    if (length === 0 || length === 1) return null;
    if (length < 8) return "damaged";
    at += length;
    if (at > bytes.length) return "cut";
  }
  return null;
}

/**
 * Looks for the end of an image by its format's own structure, without unpacking it.
 * @returns null where it is all there, or the format has nothing to tell it by
 */
export function damageOf(bytes: Uint8Array, format: FormatName): Damage {
  switch (format) {
    case "jpeg":
      return jpegDamage(bytes);
    case "png":
      return pngDamage(bytes);
    case "gif":
      return gifDamage(bytes);
    case "bmp":
      return bmpDamage(bytes);
    case "webp": {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      return bytes.length < 30 || view.getUint32(4, true) + 8 > bytes.length ? "cut" : null;
    }
    case "avif":
    case "heic":
      return mediaDamage(bytes);
    case "svg":
      return /<\/(\w+:)?svg\s*>|<(\w+:)?svg\b[^>]*\/>/i.test(new TextDecoder().decode(bytes))
        ? null
        : "cut";
    default:
      return null;
  }
}

/** True for an image of several frames: GIF, animated PNG and WebP. */
export function isAnimated(bytes: Uint8Array, format: FormatName): boolean {
  if (format === "gif") return gifFrames(bytes).frames > 1;
  if (format !== "png" && format !== "webp") return false;
  // The chunk that says so stands before the pixels.
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  return start.includes(format === "png" ? "acTL" : "ANIM");
}
