// Opens zip archives entry by entry: the list at the end first, then only what is asked for, so that little is in memory at once.
import { inflateSync } from "fflate";
import type { ByteFile } from "./files";
import { mostBytes } from "./judge";

/** Most entries of an archive. */
export const mostEntries = 20_000;
/** Most bytes of all wanted entries together, unpacked. */
export const mostUnpacked = 4e9;

/** What is wrong with an archive, in words that go behind its name. */
export class ZipError extends Error {
  override readonly name = "ZipError";
}

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly encrypted: boolean;
  /** Place of the entry's own header. */
  readonly at: number;
}

const [endMark, listMark, entryMark] = [0x06054b50, 0x02014b50, 0x04034b50];
/** Longest end record: 22 bytes and a comment. */
const longestEnd = 22 + 0xffff;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Names are UTF-8 nowadays; older ones are read letter by letter. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

async function readList(file: ByteFile): Promise<Uint8Array> {
  const from = Math.max(0, file.size - longestEnd);
  const tail = await file.bytes(from, file.size);
  const view = viewOf(tail);
  let at = tail.length - 22;
  while (at >= 0 && view.getUint32(at, true) !== endMark) at--;
  if (at < 0)
    throw new ZipError("is cut off: the list of its files, which stands at its end, is missing");
  const [length, start] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
  if (length === 0xffffffff || start === 0xffffffff || view.getUint16(at + 10, true) === 0xffff)
    throw new ZipError("is larger than 4 GB or holds more than 65,534 files");
  if (start + length > file.size)
    throw new ZipError("is damaged: its list of files lies outside of it");
  return file.bytes(start, start + length);
}

function readEntries(list: Uint8Array): Entry[] {
  const view = viewOf(list);
  const entries: Entry[] = [];
  for (let at = 0; at + 46 <= list.length && view.getUint32(at, true) === listMark; ) {
    const nameLength = view.getUint16(at + 28, true);
    if (entries.length >= mostEntries) throw new ZipError(`holds more than ${mostEntries} files`);
    entries.push({
      path: nameOf(list.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** @throws ZipError, or whatever the unpacker throws for damaged data */
async function unpack(file: ByteFile, entry: Entry): Promise<Uint8Array> {
  const head = await file.bytes(entry.at, entry.at + 30);
  const view = viewOf(head);
  if (head.length < 30 || view.getUint32(0, true) !== entryMark)
    throw new ZipError("is damaged: an entry is not where the list says");
  const start = entry.at + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const packed = await file.bytes(start, start + entry.packed);
  if (entry.method === 0) return packed;
  // No more than the list said is ever allocated, whatever the data would unpack to.
  return inflateSync(packed, { out: new Uint8Array(entry.size) });
}

export interface ZipContent {
  readonly files: readonly { readonly path: readonly string[]; readonly file: ByteFile }[];
  /** Entries that cannot be unpacked, with the reason. */
  readonly unusable: readonly { readonly path: readonly string[]; readonly why: string }[];
}

/**
 * The files of an archive; each is unpacked when its bytes are asked for, and again if asked again.
 * @throws ZipError where the archive as a whole cannot be used
 */
export async function openZip(file: ByteFile): Promise<ZipContent> {
  const entries = readEntries(await readList(file)).filter(({ path }) => !/[\\/]$/.test(path));
  const total = entries.reduce((sum, { size }) => sum + Math.min(size, mostBytes), 0);
  if (total > mostUnpacked)
    throw new ZipError(
      `would unpack to ${(total / 1e9).toFixed(1)} GB: at most ${mostUnpacked / 1e9} GB are opened`,
    );
  const files: ZipContent["files"][number][] = [];
  const unusable: ZipContent["unusable"][number][] = [];
  for (const entry of entries) {
    const path = entry.path
      .split(/[\\/]/)
      .filter((part) => part !== "" && part !== "." && part !== "..");
    const name = path.at(-1);
    if (name === undefined) continue;
    if (entry.encrypted) unusable.push({ path, why: "is protected by a password" });
    else if (entry.method !== 0 && entry.method !== 8)
      unusable.push({ path, why: `is packed by method ${entry.method}, which is not read` });
    else files.push({ path, file: { name, size: entry.size, bytes: reader(file, entry) } });
  }
  return { files, unusable };
}

/** Bytes of one entry. A refused size is never unpacked: only its first bytes could be asked for, and are not there. */
function reader(file: ByteFile, entry: Entry): ByteFile["bytes"] {
  return async (from = 0, to = entry.size) => {
    if (entry.size > mostBytes) return new Uint8Array(0);
    return (await unpack(file, entry)).subarray(from, to);
  };
}
