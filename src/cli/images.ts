// Images from a folder of class folders, a zip archive, an .album or a single file, without a browser: judged as the page
// judges them; PNG is decoded here, other formats are counted, since only a browser decodes those.
import { existsSync, readdirSync, statSync } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import {
  type Album,
  type AlbumPicture,
  albumFingerprint,
  checkSum,
  fewestClasses,
  keepPicture,
  keptSide,
  mostClasses,
} from "../data/album/album";
import { type PlacedFile, sortByFolder } from "../data/album/classFolders";
import { isAlbumName, readAlbum } from "../data/album/container";
import { decodePng } from "../data/album/decodePng";
import { orientationOf } from "../data/album/exif";
import { type ByteFile, openArchives } from "../data/album/files";
import { type FormatName, formats } from "../data/album/format";
import {
  headerBytes,
  judgeFile,
  judgeHeader,
  pixelsRefusal,
  type Refusal,
  type RefusedFile,
  refusals,
} from "../data/album/judge";
import type { ReadImage } from "../data/album/remarks";
import { middleSquare, onlyColour, squareFrom } from "../data/album/square";
import { type Experiment, withValue } from "../experiment/schema";
import { InputError } from "./errors";
import { openedFile } from "./openedFile";

/** Most files that are looked for in a folder. */
const mostFiles = 20_000;

export interface FoundImages {
  /** Every image that the page would take; those that are not decoded here have no pixels. */
  readonly album: Album;
  readonly refused: readonly RefusedFile[];
  readonly read: readonly ReadImage[];
  /** How many images of each format were counted only. */
  readonly counted: ReadonlyMap<FormatName, number>;
}

function onDisk(path: string, size: number): ByteFile {
  return {
    name: basename(path),
    size,
    async bytes(from = 0, to = size) {
      const file = await open(path);
      try {
        const length = Math.max(0, Math.min(to, size) - from);
        const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, from);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

async function walk(
  folder: string,
  around: readonly string[],
  found: PlacedFile<ByteFile>[],
): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await walk(path, [...around, entry.name], found);
    else if (entry.isFile()) {
      if (found.length >= mostFiles)
        throw new InputError(
          `${folder}: more than ${mostFiles} files are not read. Choose a smaller folder.`,
        );
      found.push({ file: onDisk(path, (await stat(path)).size), path: [...around, entry.name] });
    }
  }
}

/** A file that the page would take, decoded where that is possible here. */
interface Taken {
  readonly picture: AlbumPicture;
  readonly image: Omit<ReadImage, "file">;
  /** The format where it was counted only. */
  readonly counted: FormatName | null;
}

const isRefusal = (found: Taken | Refusal): found is Refusal => "why" in found;

/** Reads and judges one file. */
async function take(file: ByteFile): Promise<Taken | Refusal> {
  const early = judgeHeader(await file.bytes(0, headerBytes).catch(noBytes), file.size, file.name);
  if (early.refusal) return early.refusal;
  const bytes = await file.bytes().catch(noBytes);
  // What a zip archive could not unpack, or not to its end.
  if (bytes.length < file.size) return refusals.cut(bytes.length);
  const { format, size, refusal } = judgeFile(bytes, file.name);
  const lacking = refusal ?? pixelsRefusal(bytes, format);
  if (lacking) return lacking;
  const sum = checkSum(bytes);
  const orientation = orientationOf(bytes, format)?.value ?? 1;
  const turned = size && orientation > 4 ? { width: size.height, height: size.width } : size;
  if (format !== "png") {
    const picture = { pixels: new Uint8Array(0), sum, file: sum };
    return { picture, image: { format, size: turned }, counted: format };
  }
  const decoded = decodePng(bytes);
  if (!decoded) return refusals.damaged();
  const { left, top, side } = middleSquare(decoded.width, decoded.height);
  const square = new Uint8Array(side * side * 4);
  for (let row = 0; row < side; row++) {
    const from = 4 * ((top + row) * decoded.width + left);
    square.set(decoded.pixels.subarray(from, from + 4 * side), 4 * side * row);
  }
  const kept = squareFrom(square, side, orientation);
  if (!kept) return refusals.transparent();
  const image = { format, size: turned, ground: kept.ground, only: onlyColour(kept.pixels) };
  return { picture: keepPicture(kept.pixels, sum), image, counted: null };
}

const noBytes = () => new Uint8Array(0);

async function placedFiles(path: string): Promise<PlacedFile<ByteFile>[]> {
  const found: PlacedFile<ByteFile>[] = [];
  const info = await stat(path);
  const name = basename(resolve(path));
  if (info.isDirectory()) await walk(path, [name], found);
  else found.push({ file: onDisk(path, info.size), path: [name] });
  return found;
}

/**
 * Reads what the page would make of a path.
 * @param path of a folder of class folders, a zip archive of one, an .album file, or an image
 */
export async function imagesAt(path: string): Promise<FoundImages> {
  if (isAlbumName(path)) {
    const album = await readAlbum(await openedFile(path));
    return { album, refused: [], read: [], counted: new Map() };
  }
  const { files: open, refused } = await openArchives(await placedFiles(path));
  // A single image has no folder that would name its class.
  const alone = open.length === 1 && open[0]?.path.length === 1;
  const sorted = sortByFolder(open, alone ? "class 1" : null);
  const paths = new Map(open.map((one) => [one.file, one.path.join("/")]));
  const classes = new Map<string, AlbumPicture[]>();
  const read: ReadImage[] = [];
  const counted = new Map<FormatName, number>();
  for (const { file, className } of sorted.files) {
    const name = paths.get(file) ?? file.name;
    const found = await take(file);
    if (isRefusal(found)) {
      refused.push({ file: name, ...found });
      continue;
    }
    const held = classes.get(className) ?? [];
    if (held.length === 0 && classes.size >= mostClasses) {
      refused.push({ file: name, ...tooManyClasses(className) });
      continue;
    }
    classes.set(className, held);
    held.push(found.picture);
    read.push({ file: name, ...found.image });
    if (found.counted) counted.set(found.counted, (counted.get(found.counted) ?? 0) + 1);
  }
  // What lies in no class is judged too: a broken file is worth its own reason.
  for (const one of sorted.refused) {
    const file = open.find(({ path: at }) => at.join("/") === one.file)?.file;
    const found = file && (await take(file));
    refused.push(found && isRefusal(found) ? { file: one.file, ...found } : one);
  }
  const album = [...classes].map(([name, pictures]) => ({ name, pictures }));
  return { album, refused, read, counted };
}

function tooManyClasses(name: string): Refusal {
  return {
    kind: { one: "file of a class too many", many: "files of classes too many" },
    why: `is of class "${name}", and at most ${mostClasses} classes are read`,
    advice: "Leave some classes out.",
  };
}

/** "12 JPEG, 3 WebP" */
export function countedText(counted: ReadonlyMap<FormatName, number>): string {
  return [...counted].map(([format, count]) => `${count} ${formats[format].name}`).join(", ");
}

/** The album of a path for training. @throws InputError where images need a browser to be decoded */
export async function albumAt(path: string): Promise<Album> {
  const { album, counted } = await imagesAt(path);
  if (counted.size > 0) {
    throw new InputError(
      `${path} holds images that only a browser decodes (${countedText(counted)}). Load the folder on the page, press Save, and give the .album file to --data; or convert them to PNG (${keptSide}×${keptSide} is enough).`,
    );
  }
  return album;
}

/**
 * An experiment on own images that names none learns from those that are given.
 * @param path of a folder, zip archive or .album file
 * @throws InputError where they cannot be used without a browser
 */
export async function withImages(experiment: Experiment, path: string | null): Promise<Experiment> {
  const { kind, album: wanted } = experiment.data;
  if (kind !== "ownPictures" || wanted !== 0 || path === null || !existsSync(path))
    return experiment;
  const saved = statSync(path).isDirectory() ? readdirSync(path).find(isAlbumName) : undefined;
  const album = await albumAt(saved === undefined ? path : join(path, saved));
  if (album.length < fewestClasses) return experiment;
  const named = withValue(experiment, "data.album", albumFingerprint(album));
  return withValue(named, "data.albumClasses", album.length);
}
