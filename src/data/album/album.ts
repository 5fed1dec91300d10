// Images that a learner sorts into named classes: how they are kept, when they suffice, their check sum.
import { Crc32 } from "../readers/crc32";
import { imageGroups } from "./equal";

/** Pictures are kept as squares of this side, in colour: what the network sees is made from that, so another size needs no file again. */
export const keptSide = 64;
/** Bytes of a kept picture: red, green, blue of every pixel. */
export const keptBytes = keptSide * keptSide * 3;

/** A picture as it is kept. */
export interface AlbumPicture {
  /** Row-major [keptSide, keptSide, 3], 0 … 255. */
  readonly pixels: Uint8Array;
  /** Check sum (CRC-32) of the pixels. */
  readonly sum: number;
  /**
   * Check sum (CRC-32) of the file that they came from: the same in every browser, whatever its decoder and canvas give.
   * Albums of the first form have none; that of the pixels stands in its place.
   */
  readonly file: number;
}

export interface AlbumClass {
  readonly name: string;
  readonly pictures: readonly AlbumPicture[];
}

/** Classes in order: the place of a class is its label. */
export type Album = readonly AlbumClass[];

export const [fewestClasses, mostClasses] = [2, 10];
/** Least pictures of a class: 3 train, 1 validates, 1 tests. */
export const leastOfClass = 5;
/** Most pictures of all classes together. */
export const mostPictures = 2000;
/** Most characters of a class's name. */
export const longestName = 24;

/** CRC-32 of bytes. */
export function checkSum(bytes: Uint8Array): number {
  const sum = new Crc32();
  sum.add(bytes);
  return sum.value;
}

/**
 * A picture of kept pixels, with its check sums.
 * @param file check sum of the file that they came from, where it is known
 * @throws RangeError for another number of bytes
 */
export function keepPicture(pixels: Uint8Array, file?: number): AlbumPicture {
  if (pixels.length !== keptBytes)
    throw new RangeError(`A kept picture has ${keptBytes} bytes, not ${pixels.length}.`);
  const sum = checkSum(pixels);
  return { pixels, sum, file: file ?? sum };
}

export function countPictures(album: Album): number {
  return album.reduce((total, { pictures }) => total + pictures.length, 0);
}

function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, place) => {
    view.setUint32(4 * place, value);
  });
  return bytes;
}

/** Check sum (CRC-32) over what stands before, and for each class a count and numbers of its images. */
export function albumSum(
  before: Uint8Array,
  album: Album,
  numbers: (pictures: AlbumClass["pictures"]) => readonly number[],
): number {
  const sum = new Crc32();
  sum.add(before);
  for (const { pictures } of album) sum.add(words(pictures.length, ...numbers(pictures)));
  return sum.value;
}

const asFingerprint = (sum: number) => sum % 2 ** 31 || 1;
const none = new Uint8Array(0);

/**
 * What a link carries in place of the images, 1 … 2^31 − 1; 0 where there are none. It is made from their files, in
 * whatever order these were loaded, so that the same folder gives the same number in every browser. Names are no part
 * of it: a class that is called otherwise is learned in the same way.
 */
export function albumFingerprint(album: Album): number {
  if (countPictures(album) === 0) return 0;
  const sorted = (pictures: AlbumClass["pictures"]) =>
    pictures.map(({ file }) => file).sort((a, b) => a - b);
  return asFingerprint(albumSum(none, album, sorted));
}

/** The number that links carried before: of the pixels, in the order of loading. */
function formerFingerprint(album: Album): number {
  return asFingerprint(albumSum(none, album, (pictures) => pictures.map(({ sum }) => sum)));
}

/** True where a link with this number means this album: by the files, or as older links say it, by the pixels. */
export function isAlbumOf(album: Album, wanted: number): boolean {
  return wanted === albumFingerprint(album) || wanted === formerFingerprint(album);
}

/** A name as it is kept: no white space around it or twice in it. */
export function tidyName(name: string): string {
  return name.trim().replace(/\s+/g, " ");
}

/** Why a class cannot have this name, or null. @param others names of the other classes */
export function nameProblem(name: string, others: readonly string[]): string | null {
  const tidy = tidyName(name);
  if (tidy === "") return `A class needs a name of 1 to ${longestName} characters.`;
  if (tidy.length > longestName) {
    return `The name "${tidy}" has ${tidy.length} characters: at most ${longestName} are allowed. Shorten it.`;
  }
  const same = others.find((other) => other.toLowerCase() === tidy.toLowerCase());
  return same === undefined ? null : `There is a class "${same}" already: choose another name.`;
}

/** A name that no class has yet: "class 3". */
export function freshName(album: Album): string {
  const taken = new Set(album.map(({ name }) => name.toLowerCase()));
  let number = album.length + 1;
  while (taken.has(`class ${number}`)) number++;
  return `class ${number}`;
}

const images = (count: number) => `${count} ${count === 1 ? "image" : "images"}`;

/**
 * Says in a sentence or two what is missing before a network can learn from the images. Equal ones count once: they
 * stay in one part, so that one of them could not be held out.
 * @returns what is there and what to do; null where they suffice
 */
export function albumLacking(album: Album): string | null {
  const need = `Every class needs at least ${leastOfClass} different images (3 train, 1 validates, 1 tests)`;
  if (countPictures(album) === 0) return `No images yet. ${need}.`;
  const groups = imageGroups(album);
  const toDo = album.flatMap(({ name, pictures: { length } }, label) => {
    const different = new Set(groups[label]).size;
    const left = leastOfClass - different;
    if (left <= 0) return [];
    if (length === 0) return [`"${name}" is empty: add ${leastOfClass} or remove the class`];
    if (different === length) return [`"${name}" has ${images(length)}: add ${left} more`];
    return [`"${name}" has ${images(length)}, but only ${different} different: add ${left} others`];
  });
  if (album.length < fewestClasses) {
    toDo.push(`there is one class: add another, since at least ${fewestClasses} are needed`);
  }
  if (toDo.length === 0) return null;
  return `${need}: ${toDo.join("; ")}.`;
}
