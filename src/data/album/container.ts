// One file for all pictures and the names of their classes: what the browser keeps, what the engine reads, what is passed on.

import { ByteReader } from "../readers/bytes";
import type { OpenedFile, ReadProgress } from "../types";
import {
  type Album,
  type AlbumClass,
  type AlbumPicture,
  albumSum,
  keepPicture,
  keptBytes,
  keptSide,
  mostClasses,
  mostPictures,
  nameProblem,
  tidyName,
} from "./album";

/**
 * The file: these eight letters; the length of the header (4 bytes, big endian); the header as JSON in UTF-8,
 * {"side": 64, "classes": [{"name": "cats", "pictures": 12}, …]}; all pictures, class by class, each the check sum of
 * the file that it came from (CRC-32, 4 bytes, big endian) and its pixels, row-major [64, 64, 3]; a check sum (CRC-32,
 * 4 bytes, big endian) over the header and for each picture both check sums, that of its pixels first.
 * All of it may be packed with gzip.
 */
const magic = "RPALBUM2";
/** The first form, which is still read: without check sums of files, there and in the check sum at the end. */
const formerMagic = "RPALBUM1";
/** Longest header: ten names take less. */
const longestHeader = 10_000;

/** Name under which an album is saved. */
export const albumName = "pictures.album";

/** True for files that hold an album, by their name. */
export function isAlbumName(name: string): boolean {
  return /\.album(\.gz)?$/i.test(name);
}

/** The file of an album in pieces, in order; the pixels are not copied. */
export function albumPieces(album: Album): Uint8Array<ArrayBuffer>[] {
  const classes = album.map(({ name, pictures }) => ({ name, pictures: pictures.length }));
  const header = new TextEncoder().encode(JSON.stringify({ side: keptSide, classes }));
  const start = new Uint8Array(magic.length + 4 + header.length);
  start.set(new TextEncoder().encode(magic));
  new DataView(start.buffer).setUint32(magic.length, header.length);
  start.set(header, magic.length + 4);
  const end = new Uint8Array(4);
  new DataView(end.buffer).setUint32(0, albumSum(header, album, bothSums));
  const pieces = album.flatMap(({ pictures }) =>
    pictures.flatMap(({ file, pixels }) => {
      const sum = new Uint8Array(4);
      new DataView(sum.buffer).setUint32(0, file);
      return [sum, pixels as Uint8Array<ArrayBuffer>];
    }),
  );
  return [start, ...pieces, end];
}

const bothSums = (pictures: readonly AlbumPicture[]) =>
  pictures.flatMap(({ sum, file }) => [sum, file]);
const pixelSums = (pictures: readonly AlbumPicture[]) => pictures.map(({ sum }) => sum);

interface HeaderClass {
  readonly name: string;
  readonly pictures: number;
}

/** What is wrong with a header, in the words "expected" and "found"; or the classes that it names. */
function classesOf(text: string): readonly HeaderClass[] | readonly [string, string] {
  let header: { readonly side?: unknown; readonly classes?: unknown } | null;
  try {
    header = JSON.parse(text);
  } catch {
    return ["a header in JSON", "something else"];
  }
  const { side, classes } = header ?? {};
  if (side !== keptSide) return [`pictures of side ${keptSide}`, `side ${JSON.stringify(side)}`];
  if (!Array.isArray(classes) || classes.length < 1 || classes.length > mostClasses) {
    const found = Array.isArray(classes) ? `${classes.length}` : "no list of them";
    return [`1 to ${mostClasses} classes`, found];
  }
  const names: string[] = [];
  let left = mostPictures;
  for (const held of classes as readonly Partial<HeaderClass>[]) {
    const { name, pictures } = held ?? {};
    if (typeof name !== "string" || nameProblem(name, names) !== null || tidyName(name) !== name) {
      return ["a name of its own for every class", (JSON.stringify(name) ?? "none").slice(0, 60)];
    }
    if (!Number.isInteger(pictures) || (pictures as number) < 0 || (pictures as number) > left) {
      return [
        `at most ${mostPictures} pictures in all`,
        `${JSON.stringify(pictures)} in class "${name}"`,
      ];
    }
    left -= pictures as number;
    names.push(name);
  }
  return classes as readonly HeaderClass[];
}

async function readHeader(reader: ByteReader) {
  const start = new Uint8Array(magic.length + 4);
  await reader.fillAll(start, "the beginning of an album");
  const word = new TextDecoder("latin1").decode(start.subarray(0, magic.length));
  if (word !== magic && word !== formerMagic)
    throw reader.error(`the letters ${magic}`, JSON.stringify(word), 0);
  const length = new DataView(start.buffer).getUint32(magic.length);
  if (length < 2 || length > longestHeader) {
    throw reader.error(`a header of 2 to ${longestHeader} bytes`, `${length}`, magic.length);
  }
  const header = await reader.take(length, "the header");
  const classes = classesOf(new TextDecoder().decode(header));
  const [first, second] = classes;
  if (typeof first === "string") throw reader.error(first, second as string, start.length);
  return { header, classes: classes as readonly HeaderClass[], former: word === formerMagic };
}

async function readSum(reader: ByteReader, what: string): Promise<number> {
  const bytes = new Uint8Array(4);
  await reader.fillAll(bytes, what);
  return new DataView(bytes.buffer).getUint32(0);
}

async function readContent(reader: ByteReader): Promise<Album> {
  const { header, classes, former } = await readHeader(reader);
  const album: AlbumClass[] = [];
  for (const { name, pictures } of classes) {
    const held: AlbumPicture[] = [];
    for (let number = 1; number <= pictures; number++) {
      const what = `picture ${number} of class "${name}"`;
      const file = former ? undefined : await readSum(reader, what);
      held.push(keepPicture(await reader.take(keptBytes, what), file));
    }
    album.push({ name, pictures: held });
  }
  const place = reader.offset;
  const said = await readSum(reader, "the check sum");
  const sum = albumSum(header, album, former ? pixelSums : bothSums);
  if (said !== sum)
    throw reader.error(`the check sum ${sum} of what stands before`, `${said}`, place);
  if (!(await reader.atEnd())) throw reader.error("the end of the file", "more bytes");
  return album;
}

/**
 * Reads an album, packed or not.
 * @throws DataFileError with file, byte, what was expected and what was found
 */
export async function readAlbum(file: OpenedFile, progress?: ReadProgress): Promise<Album> {
  const reader = await ByteReader.open(file, progress);
  try {
    return await readContent(reader);
  } finally {
    await reader.close();
  }
}
