// Files on their way into classes, wherever they lie: on the page, on a disk, in a zip archive, which is opened on the way.
import { isClutter, type PlacedFile } from "./classFolders";
import { formatOf, formats } from "./format";
import type { RefusedFile } from "./judge";
import { openZip, ZipError } from "./zip";

/** A file of which any part can be asked for. */
export interface ByteFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Bytes from … to, or to the end. */
  bytes(from?: number, to?: number): Promise<Uint8Array>;
}

const archiveKind = {
  one: "archive that cannot be opened",
  many: "archives that cannot be opened",
};
const entryKind = {
  one: "file in an archive that cannot be unpacked",
  many: "files in archives that cannot be unpacked",
};
const unpackAdvice = "Unpack it and drop the folder.";

/** True for a file that begins as a zip archive does; endings that only images have are trusted, to save the look. */
async function isZip(file: ByteFile): Promise<boolean> {
  if (/\.(jpe?g|png|gif|bmp|webp|avif|hei[cf])$/i.test(file.name) || file.size < 22) return false;
  return formatOf(await file.bytes(0, 64)) === "zip";
}

/**
 * Puts the content of zip archives in their place: pets.zip/cats/1.png lies in "pets" and "cats".
 * Archives within archives stay closed.
 */
export async function openArchives(placed: readonly PlacedFile<ByteFile>[]): Promise<{
  readonly files: PlacedFile<ByteFile>[];
  readonly refused: RefusedFile[];
}> {
  const files: PlacedFile<ByteFile>[] = [];
  const refused: RefusedFile[] = [];
  for (const one of placed) {
    if (isClutter(one.path) || !(await isZip(one.file))) {
      files.push(one);
      continue;
    }
    const name = one.path.join("/");
    const around = [...one.path.slice(0, -1), one.file.name.replace(/\.zip$/i, "")];
    try {
      const { files: inside, unusable } = await openZip(one.file);
      const wanted = inside.filter(({ path }) => !isClutter(path));
      for (const { path, file } of wanted) files.push({ file, path: [...around, ...path] });
      for (const { path, why } of unusable) {
        if (isClutter(path)) continue;
        refused.push({
          file: `${name}/${path.join("/")}`,
          kind: entryKind,
          why,
          advice: unpackAdvice,
        });
      }
      if (wanted.length + unusable.length === 0) {
        refused.push({
          file: name,
          kind: archiveKind,
          why: "is an archive without any image in it",
          advice: formats.text.advice,
        });
      }
    } catch (error) {
      if (!(error instanceof ZipError)) throw error;
      refused.push({ file: name, kind: archiveKind, why: error.message, advice: unpackAdvice });
    }
  }
  return { files, refused };
}
