// Small made image files for tests, of kinds that programs write: nothing else imports it.
import { zipSync, zlibSync } from "fflate";
import { Crc32 } from "../readers/crc32";

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function word(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, place) => {
    view.setUint32(4 * place, value);
  });
  return new Uint8Array(view.buffer);
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const body = joined(ascii(type), content);
  const sum = new Crc32();
  sum.add(body);
  return joined(word(content.length), body, word(sum.value));
}

export interface PngForm {
  readonly width: number;
  readonly height: number;
  /** Colour type of the standard: 0 grey, 2 colour, 3 palette, 4 grey with opacity, 6 colour with opacity. */
  readonly type?: 0 | 2 | 3 | 4 | 6;
  readonly depth?: 1 | 2 | 4 | 8 | 16;
  readonly interlaced?: boolean;
  readonly palette?: readonly number[];
  /** Content of tRNS. */
  readonly clear?: readonly number[];
  /** Claims another size than there are pixels for. */
  readonly claims?: readonly [number, number];
  /** Share of the packed rows that is written. */
  readonly share?: number;
}

const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** @param valuesAt the values of a pixel, 0 … 2^depth − 1 */
export function makePng(
  form: PngForm,
  valuesAt: (x: number, y: number) => readonly number[],
): Uint8Array {
  const {
    width,
    height,
    type = 2,
    depth = 8,
    interlaced = false,
    palette,
    clear,
    share = 1,
  } = form;
  const rows: number[] = [];
  for (const [left, top, across, down] of interlaced ? passes : [[0, 0, 1, 1] as const]) {
    if (left >= width) continue;
    for (let y = top; y < height; y += down) {
      let bits = "";
      for (let x = left; x < width; x += across)
        for (const value of valuesAt(x, y)) bits += value.toString(2).padStart(depth, "0");
      rows.push(0);
      for (let at = 0; at < bits.length; at += 8)
        rows.push(Number.parseInt(bits.slice(at, at + 8).padEnd(8, "0"), 2));
    }
  }
  const [saidWidth, saidHeight] = form.claims ?? [width, height];
  const kind = Uint8Array.of(depth, type, 0, 0, Number(interlaced));
  const held = Uint8Array.from(rows.slice(0, Math.floor(rows.length * share)));
  return joined(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", joined(word(saidWidth, saidHeight), kind)),
    ...(palette ? [chunk("PLTE", Uint8Array.from(palette))] : []),
    ...(clear ? [chunk("tRNS", Uint8Array.from(clear))] : []),
    chunk("IDAT", zlibSync(held)),
    chunk("IEND", new Uint8Array(0)),
  );
}

/** A square of a colour on a ground: the place of the square tells images apart. */
export function squarePng(colour: readonly number[], place: number, side = 24): Uint8Array {
  const inside = (x: number) => x >= 2 + (place % 9) && x < 12 + (place % 9);
  const ground = [40 + place, 90, 120];
  return makePng({ width: side, height: side }, (x, y) =>
    inside(x) && inside(y) ? colour : ground,
  );
}

/** A GIF of frames of one colour each, by their place in the palette white, black, red, blue; a frame may be half another. */
export function makeGif(
  side: number,
  frames: readonly (number | readonly [number, number])[],
): Uint8Array {
  const palette = [255, 255, 255, 0, 0, 0, 200, 0, 0, 0, 0, 200];
  const parts = [ascii("GIF89a"), Uint8Array.of(side, 0, side, 0, 0xf1, 0, 0, ...palette)];
  for (const frame of frames) {
    const [top, bottom] = typeof frame === "number" ? [frame, frame] : frame;
    const values = Array.from({ length: side * side }, (_, at) =>
      at < (side * side) / 2 ? (top as number) : (bottom as number),
    );
    // Codes of three bits; a clear code before every two values keeps them from growing.
    const codes = values.flatMap((value, at) => (at % 2 === 0 ? [4, value] : [value]));
    const bits = [...codes, 5].map((code) => code.toString(2).padStart(3, "0")).reverse();
    const text = bits.join("");
    const bytes: number[] = [];
    for (let end = text.length; end > 0; end -= 8)
      bytes.push(Number.parseInt(text.slice(Math.max(0, end - 8), end), 2));
    parts.push(Uint8Array.of(0x21, 0xf9, 4, 4, 10, 0, 0, 0));
    parts.push(Uint8Array.of(0x2c, 0, 0, 0, 0, side, 0, side, 0, 0, 2));
    for (let at = 0; at < bytes.length; at += 255) {
      const block = bytes.slice(at, at + 255);
      parts.push(Uint8Array.of(block.length, ...block));
    }
    parts.push(Uint8Array.of(0));
  }
  return joined(...parts, Uint8Array.of(0x3b));
}

/** A JPEG of 40×24 pixels, white with a red bar at the left top and a blue box at the right. */
export const jpeg = Uint8Array.from(
  atob(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAYACgDASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAYFB//EACYQAAAFAgUEAwAAAAAAAAAAAAABBAUSAhEDBhMUYRYiMUFUo9H/xAAZAQACAwEAAAAAAAAAAAAAAAABAgADBAX/xAAfEQACAwABBQEAAAAAAAAAAAABAgADERITFUFRgfD/2gAMAwEAAhEDEQA/AHTbt8T7KP0Om3b4n2Ufo6AAq6Kzodwt9D99k/lVtVt+63eFp6kI9xHe0r+D5IUACKzC/OSJ6UJ06mGFRGNMKTtekj9lyNFNJc8VmG+4uxdvMtQE5lF0WOW73mNqacI9pFa8r+C4IBLENbcTEB0bKMAAJDAiswsLktelChOmnhVxjVOkr2pIvZ8AAtqtNR0RWUMMM0sotaxt3e8wdPUhHuI72lfwfJAABbHNjcjCBgyf/9k=",
  ),
  (letter) => letter.charCodeAt(0),
);

/** The same JPEG, said to be held otherwise. @param orientation EXIF's, 1 … 8 */
export function turnedJpeg(orientation: number, little = false): Uint8Array {
  const exif = little
    ? [
        0x49,
        0x49,
        42,
        0,
        8,
        0,
        0,
        0,
        1,
        0,
        0x12,
        1,
        3,
        0,
        1,
        0,
        0,
        0,
        orientation,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
      ]
    : [
        0x4d,
        0x4d,
        0,
        42,
        0,
        0,
        0,
        8,
        0,
        1,
        1,
        0x12,
        0,
        3,
        0,
        0,
        0,
        1,
        0,
        orientation,
        0,
        0,
        0,
        0,
        0,
        0,
      ];
  const content = joined(ascii("Exif\0\0"), Uint8Array.from(exif));
  return joined(
    jpeg.subarray(0, 2),
    Uint8Array.of(0xff, 0xe1, 0, content.length + 2),
    content,
    jpeg.subarray(2),
  );
}

/** A JPEG whose pixels break off in the middle, with an end mark all the same. */
export function hollowJpeg(): Uint8Array {
  const scan = jpeg.lastIndexOf(0xda);
  const half = jpeg.slice(0, scan + 14 + Math.floor((jpeg.length - scan - 16) / 3));
  return joined(half, Uint8Array.of(0xff, 0xd9));
}

/** The beginning of an iPhone's photo. */
export const heic = joined(
  word(24),
  ascii("ftypheic"),
  word(0),
  ascii("mif1heic"),
  word(16),
  ascii("mdat"),
  word(1, 2),
);

export const svg = ascii(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="3" fill="teal"/></svg>',
);

export function makeZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(files, { mtime: new Date(2026, 0, 1) });
}

export const words = ascii;
export { joined as joinBytes };
