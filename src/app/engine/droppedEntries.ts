// What was dropped, folders and all: browsers show the inside of a folder only to those who ask during the drop.
import type { PlacedFile } from "../../data/album/classFolders";

/** Most files that are looked for in dropped folders. */
const mostFiles = 10_000;

/** What a drop holds; it must be asked for before the drop's event has passed. */
export interface DroppedEntries {
  readonly entries: readonly FileSystemEntry[];
  readonly files: readonly File[];
}

export function entriesOf(transfer: DataTransfer | null): DroppedEntries {
  const items = [...(transfer?.items ?? [])];
  const entries = items.flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  const files = [...(transfer?.files ?? [])];
  // Files that are at hand need no asking for, which fails in WebKit where they have no path.
  const folders = entries.some((entry) => entry.isDirectory);
  return { entries: folders || files.length === 0 ? entries : [], files };
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function inside(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // A hundred at a time, then none: that is how browsers give them.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function walk(
  entries: readonly FileSystemEntry[],
  around: readonly string[],
  found: PlacedFile<File>[],
): Promise<void> {
  for (const entry of entries) {
    if (found.length >= mostFiles) return;
    const path = [...around, entry.name];
    if (entry.isDirectory) await walk(await inside(entry as FileSystemDirectoryEntry), path, found);
    else found.push({ file: await fileOf(entry as FileSystemFileEntry), path });
  }
}

/** All files of a drop with the folders around them. Rejects where a file cannot be read. */
export async function placedFiles({ entries, files }: DroppedEntries): Promise<PlacedFile<File>[]> {
  // Without folders the files themselves are surer: some browsers name entries that they then cannot open.
  const plain = files.length >= entries.length && !entries.some((entry) => entry.isDirectory);
  if (plain) return files.map((file) => ({ file, path: [file.name] }));
  const found: PlacedFile<File>[] = [];
  await walk(entries, [], found);
  return found;
}

/** Files chosen in a dialog, with the folders around them where a folder was chosen. */
export function chosenFiles(files: readonly File[]): PlacedFile<File>[] {
  return files.map((file) => ({ file, path: (file.webkitRelativePath || file.name).split("/") }));
}
