// What is worth saying about images that can be learned from: copies, uneven classes, sizes, grounds.
import type { Album } from "./album";
import { imageGroups } from "./equal";
import { type FormatName, formats } from "./format";
import type { ImageSize } from "./size";

/** Classes are called uneven from this ratio on. */
const uneven = 2;
/** Names in a list before the rest is counted. */
const named = 3;
/** An image whose middle square keeps less than this is named. */
const littleKept = 0.5;

const images = (count: number) => `${count} ${count === 1 ? "image" : "images"}`;

/** "a.png, b.png and 3 more" */
export function list(names: readonly string[]): string {
  if (names.length <= 1) return names.join("");
  if (names.length <= named) return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return `${names.slice(0, named).join(", ")} and ${names.length - named} more`;
}

function copies(album: Album): string[] {
  const groups = imageGroups(album);
  const all = groups.flat();
  const different = new Set(all).size;
  const remarks: string[] = [];
  if (different < all.length) {
    remarks.push(
      `${images(all.length - different)} of ${all.length} ${all.length - different === 1 ? "is a copy" : "are copies"} of another (${different} different). Copies stay in one part (train, validation or test), so that none is tested after it was trained on.`,
    );
  }
  const classes = new Map<number, Set<string>>();
  groups.forEach((held, label) => {
    for (const group of held)
      classes.set(group, (classes.get(group) ?? new Set()).add(album[label]?.name as string));
  });
  const split = [...classes.values()].filter((names) => names.size > 1);
  const [first] = split;
  if (first) {
    remarks.push(
      `${images(split.length)} ${split.length === 1 ? "lies" : "lie"} in more than one class (${list([...first].map((name) => `"${name}"`))}): no network can tell these apart. Remove ${split.length === 1 ? "it" : "them"} from the wrong one.`,
    );
  }
  return remarks;
}

function counts(album: Album): string[] {
  const held = album.filter(({ pictures }) => pictures.length > 0);
  if (held.length < 2) return [];
  const sorted = [...held].sort((a, b) => b.pictures.length - a.pictures.length);
  const [most, least] = [sorted[0] as Album[number], sorted.at(-1) as Album[number]];
  if (most.pictures.length < uneven * least.pictures.length) return [];
  const total = held.reduce((sum, { pictures }) => sum + pictures.length, 0);
  const always = Math.round((100 * most.pictures.length) / total);
  return [
    `The classes are uneven: "${most.name}" has ${images(most.pictures.length)}, "${least.name}" ${least.pictures.length}. Always answering "${most.name}" would be right for ${always} %. Add images, or set class weights.`,
  ];
}

/** What the classes as they are let expect. */
export function albumRemarks(album: Album): string[] {
  return [...copies(album), ...counts(album)];
}

/** What is known of an image beside its pixels. */
export interface ReadImage {
  readonly file: string;
  readonly format?: FormatName;
  /** As it is shown; null where only a decoder could tell. */
  readonly size: ImageSize | null;
  readonly ground?: "white" | "black" | null;
  /** Its only colour, in words; null where there are more. */
  readonly only?: string | null;
  /** Number of the frame that was taken from an animation, from 0. */
  readonly frame?: number;
}

/** Endings of names, and what they promise. */
const endings: Readonly<Record<string, FormatName>> = {
  jpg: "jpeg",
  jpeg: "jpeg",
  jpe: "jpeg",
  jfif: "jpeg",
  png: "png",
  gif: "gif",
  bmp: "bmp",
  webp: "webp",
  avif: "avif",
  svg: "svg",
  heic: "heic",
  heif: "heic",
  tif: "tiff",
  tiff: "tiff",
  ico: "ico",
};

/** Files that are something else than their names say. */
function otherEndings(read: readonly ReadImage[]): string[] {
  const found = new Map<FormatName, string[]>();
  for (const { file, format } of read) {
    const said = endings[(/\.(\w+)$/.exec(file)?.[1] ?? "").toLowerCase()];
    if (!said || !format || said === format) continue;
    found.set(format, [...(found.get(format) ?? []), file]);
  }
  return [...found].map(
    ([format, files]) =>
      `${list(files)}: ${formats[format].name} by its content, and read as that.`,
  );
}

const text = ({ width, height }: ImageSize) => `${Math.round(width)}×${Math.round(height)}`;

function sizes(read: readonly ReadImage[], seen: number): string[] {
  const known = read.flatMap(({ size }) => size ?? []);
  if (known.length === 0) return [];
  const sorted = [...known].sort((a, b) => a.width * a.height - b.width * b.height);
  const [small, large] = [text(sorted[0] as ImageSize), text(sorted.at(-1) as ImageSize)];
  const theirs = small === large ? small : `${small} to ${large}`;
  const remarks = [
    `The middle square of every image is scaled to ${seen}×${seen}; yours ${known.length === 1 ? "is" : "are"} ${theirs}.`,
  ];
  const kept = ({ width, height }: ImageSize) => Math.min(width, height) / Math.max(width, height);
  const long = read.filter(({ size }) => size && kept(size) < littleKept);
  if (long.length > 0) {
    const least = Math.min(...long.map(({ size }) => kept(size as ImageSize)));
    remarks.push(
      `${list(long.map(({ file }) => file))}: so elongated that the middle square keeps only ${Math.round(100 * least)} %. Crop ${long.length === 1 ? "it" : "them"} to what matters.`,
    );
  }
  // A vector drawing has any size.
  const tiny = read.filter(
    ({ size, format }) => size && format !== "svg" && Math.min(size.width, size.height) < seen,
  );
  if (tiny.length > 0) {
    remarks.push(
      `${list(tiny.map(({ file }) => file))}: smaller than ${seen}×${seen}, so enlarged.`,
    );
  }
  return remarks;
}

/**
 * What happened to images on their way in.
 * @param seen side at which the network sees them
 */
export function readRemarks(read: readonly ReadImage[], seen: number): string[] {
  const names = (chosen: (one: ReadImage) => boolean) =>
    read.filter(chosen).map(({ file }) => file);
  const black = names(({ ground }) => ground === "black");
  const white = names(({ ground }) => ground === "white");
  const single = read.filter(({ only }) => only);
  const later = names(({ frame }) => (frame ?? 0) > 0);
  const remarks = [...sizes(read, seen), ...otherEndings(read)];
  if (black.length > 0) {
    remarks.push(
      `${list(black)}: ${black.length === 1 ? "a light drawing" : "light drawings"} on a transparent background, laid on black so that ${black.length === 1 ? "it shows" : "they show"}.`,
    );
  }
  if (white.length > 0) {
    remarks.push(`${list(white)}: transparent background, laid on white.`);
  }
  if (single.length > 0) {
    remarks.push(
      `${list(single.map(({ file, only }) => `${file} (${only})`))}: one colour all over. Nothing but that colour can be learned from ${single.length === 1 ? "it" : "them"}.`,
    );
  }
  if (later.length > 0) {
    remarks.push(`${list(later)}: the first frame is blank, so the first that is not was taken.`);
  }
  return remarks;
}
