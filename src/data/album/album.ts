// Pictures that a learner sorts into named classes: how they are kept, when they suffice, which are held out, their check sum.
import { permutation, Stream } from "../random";
import { Crc32 } from "../readers/crc32";
import type { PartName } from "../types";

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

/** A picture of kept pixels, with its check sum. @throws RangeError for another number of bytes */
export function keepPicture(pixels: Uint8Array): AlbumPicture {
  if (pixels.length !== keptBytes)
    throw new RangeError(`A kept picture has ${keptBytes} bytes, not ${pixels.length}.`);
  const sum = new Crc32();
  sum.add(pixels);
  return { pixels, sum: sum.value };
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

/** Check sum (CRC-32) over what stands before and the counts and check sums of all pictures, so that pixels are summed once only. */
export function albumSum(before: Uint8Array, album: Album): number {
  const sum = new Crc32();
  sum.add(before);
  for (const { pictures } of album) {
    sum.add(words(pictures.length, ...pictures.map((picture) => picture.sum)));
  }
  return sum.value;
}

/**
 * What a link carries in place of the pictures, 1 … 2^31 − 1; 0 where there are none. Names are no part of it: a class
 * that is called otherwise is learned in the same way.
 */
export function albumFingerprint(album: Album): number {
  if (countPictures(album) === 0) return 0;
  return albumSum(new Uint8Array(0), album) % 2 ** 31 || 1;
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

const pictures = (count: number) => `${count} ${count === 1 ? "picture" : "pictures"}`;

/**
 * Says in a sentence or two what is missing before a network can learn from the pictures.
 * @returns what is there and what to do; null where they suffice
 */
export function albumLacking(album: Album): string | null {
  const need = `Every class needs at least ${leastOfClass} pictures (3 train, 1 validates, 1 tests)`;
  if (countPictures(album) === 0) return `No pictures yet. ${need}.`;
  const few = album.filter((held) => held.pictures.length < leastOfClass);
  const toDo = few.map(({ name, pictures: { length } }) =>
    length === 0
      ? `"${name}" is empty: add ${leastOfClass} or remove the class`
      : `"${name}" has ${pictures(length)}: add ${leastOfClass - length} more`,
  );
  if (album.length < fewestClasses) {
    toDo.push(`there is one class: add another, since at least ${fewestClasses} are needed`);
  }
  if (toDo.length === 0) return null;
  return `${need}: ${toDo.join("; ")}.`;
}

/** Every five pictures of a class, in their order, hold one of validation and one of test. */
const blockSize = 5;

/**
 * Divides the pictures by the seed: of every five of a class 3 train, 1 validates, 1 tests.
 * A picture that is added at the end of its class leaves the others in their parts.
 * @returns for each class the part of each picture
 */
export function albumParts(album: Album, seed: number): PartName[][] {
  return album.map(({ pictures: held }, kind) => {
    const orders = Array.from({ length: Math.ceil(held.length / blockSize) }, (_, block) =>
      permutation(blockSize, seed, Stream.heldPictures, block * mostClasses + kind),
    );
    return held.map((_, rank) => {
      const order = orders[Math.floor(rank / blockSize)] as Int32Array;
      if (rank % blockSize === order[0]) return "validation";
      return rank % blockSize === order[1] ? "test" : "train";
    });
  });
}
