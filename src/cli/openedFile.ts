// A file on disk as the readers of data want it.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import type { OpenedFile } from "../data";

export async function openedFile(path: string): Promise<OpenedFile> {
  const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
  return { name: basename(path), stream, size: (await stat(path)).size };
}
