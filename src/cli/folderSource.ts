// Files of a data set from a folder on disk.
import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type FileSource, isPictureKind, pictureSets } from "../data";

/** One folder: each name with and without ".gz". */
function filesIn(folder: string): FileSource {
  return {
    description: `the folder ${folder}`,
    list: async () => (existsSync(folder) ? readdirSync(folder) : []),
    async open(name) {
      const plain = name.replace(/\.gz$/, "");
      for (const candidate of [`${plain}.gz`, plain]) {
        const path = join(folder, candidate);
        if (!existsSync(path)) continue;
        const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
        return { name: candidate, stream, size: statSync(path).size };
      }
      return null;
    },
  };
}

/**
 * The folder itself, then the data set's own folder in it ("fashion-mnist"), so that one folder serves for all sets.
 * @param kind of the data; sets that are not read from files need no folder
 */
export function filesFromFolder(folder: string, kind: string): FileSource[] {
  const own = isPictureKind(kind) ? [filesIn(join(folder, pictureSets[kind].folder))] : [];
  return [...own, filesIn(folder)];
}
