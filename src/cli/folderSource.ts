// Files of a data set from a folder on disk.
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type FileSource, isPictureKind, pictureSets } from "../data";
import { albumPieces } from "../data/album/container";
import { tableName } from "../data/table/read";
import { albumAt } from "./images";
import { openedFile } from "./openedFile";

/** One folder: each name with and without ".gz". */
function filesIn(folder: string): FileSource {
  return {
    description: `the folder ${folder}`,
    list: async () => (existsSync(folder) ? readdirSync(folder) : []),
    async open(name) {
      const plain = name.replace(/\.gz$/, "");
      for (const candidate of [`${plain}.gz`, plain]) {
        const path = join(folder, candidate);
        if (existsSync(path)) return openedFile(path);
      }
      return null;
    },
  };
}

/** The class folders in a folder, or in a zip archive, as one album. */
function imagesIn(path: string): FileSource {
  const name = `${basename(resolve(path))}.album`;
  return {
    description: `the images in ${path}`,
    list: async () => [name],
    async open() {
      const album = await albumAt(path);
      if (album.length === 0) return null;
      const bytes = new Blob(albumPieces(album));
      return { name, stream: bytes.stream(), size: bytes.size };
    },
  };
}

/**
 * The folder itself, then the data set's own folder in it ("fashion-mnist"), so that one folder serves for all sets.
 * For images also a zip archive or an .album file.
 * @param kind of the data; sets that are not read from files need no folder
 */
export function filesFromFolder(folder: string, kind: string): FileSource[] {
  if (kind === "ownPictures" && existsSync(folder)) {
    const images = imagesIn(folder);
    return statSync(folder).isDirectory() ? [filesIn(folder), images] : [images];
  }
  const own = isPictureKind(kind) ? [filesIn(join(folder, pictureSets[kind].folder))] : [];
  return [...own, filesIn(folder)];
}

/** One file, whatever its name. */
export function fileSource(path: string): FileSource {
  const name = basename(path);
  return {
    description: path,
    list: async () => [tableName.test(name) ? name : `${name}.csv`],
    open: async () => openedFile(path),
  };
}
