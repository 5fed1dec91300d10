// Files of a data set from a folder on disk.
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { FileSource } from "../data";

/** Looks for each name with and without ".gz". */
export function filesFromFolder(folder: string): FileSource {
  return {
    description: `the folder ${folder}`,
    async open(name) {
      const plain = name.replace(/\.gz$/, "");
      for (const candidate of [`${plain}.gz`, plain]) {
        const path = join(folder, candidate);
        if (!existsSync(path)) continue;
        const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
        return { name: candidate, stream };
      }
      return null;
    },
  };
}
