// From dropped or chosen files to images in classes: archives opened, sorted by folder, read a few at a time, with a way to stop.
import { albumFingerprint, isAlbumOf } from "../../data/album/album";
import { type PlacedFile, sortByFolder } from "../../data/album/classFolders";
import { isAlbumName, readAlbum } from "../../data/album/container";
import { type ByteFile, openArchives } from "../../data/album/files";
import type { RefusedFile } from "../../data/album/judge";
import { inWords } from "../logic/failures";
import {
  type SortedFile,
  withEnough,
  withinLimits,
  withoutSpare,
  withPictures,
} from "../logic/fillClasses";
import { usePictures } from "../store/pictures";
import { useSettings } from "../store/settings";
import { type DroppedEntries, placedFiles } from "./droppedEntries";
import type { Engine } from "./engine";
import { changeAlbum, meansOtherPictures } from "./ownPictures";
import { type NamedFile, readPictureFiles } from "./pictureFiles";

/** Seconds before the pace of reading says anything. */
const settled = 1;

const uselessCanvas =
  "This browser does not let the page see images: it gives back white or noise in their place, to protect against fingerprinting. No image was added. Allow canvas data for this page (Firefox: the icon left of the address; Brave: the lion, “Block fingerprinting” off), reload and add them again; or load an .album file, which works all the same.";
const noisyCanvas =
  "This browser changes a few pixels of every image a little, to protect against fingerprinting. Training works all the same, and the check sum is that of the files.";

let stopReading: AbortController | null = null;

function asByteFile(file: File): ByteFile {
  return {
    name: file.name,
    size: file.size,
    bytes: async (from = 0, to = file.size) =>
      new Uint8Array(await file.slice(from, to).arrayBuffer()),
  };
}

async function readInto(
  engine: Engine,
  sorted: readonly SortedFile<NamedFile>[],
  before: readonly RefusedFile[],
  stop: AbortController,
) {
  const base = withoutSpare(usePictures.getState().album, sorted);
  const { files, refused } = withinLimits(base, sorted, ({ name }) => name);
  const total = files.length;
  const begun = performance.now();
  const progress = (done: number) => {
    const seconds = (performance.now() - begun) / 1000;
    const secondsLeft = seconds < settled ? null : ((total - done) * seconds) / done;
    usePictures.setState({ reading: { done, total, secondsLeft } });
  };
  usePictures.setState({ reading: { done: 0, total, secondsLeft: null } });
  const found = await readPictureFiles(
    files.map(({ file }) => file),
    progress,
    stop.signal,
  );
  const album = withEnough(withPictures(base, files, found.pictures));
  const got = found.pictures.filter((picture) => picture !== null).length;
  if (found.canvas === "useless") {
    usePictures.setState({ problems: [uselessCanvas], refused: [], read: [], notes: [] });
    return;
  }
  const stopped = stop.signal.aborted
    ? [`Reading was cancelled: ${got} of ${total} images are here. Undo takes them away.`]
    : [];
  if (got > 0) changeAlbum(engine, album);
  usePictures.setState(({ problems }) => ({
    problems: [...(got > 0 ? problems : []), ...stopped],
    refused: [...before, ...refused, ...found.refused],
    read: found.read,
    notes: found.canvas === "noisy" && got > 0 ? [noisyCanvas] : [],
  }));
}

/** Ends the reading of files; what was read stays. */
export function cancelReading(): void {
  stopReading?.abort();
}

/** Puts the images of a file that was saved before in place of those at hand; undo brings these back. */
async function takeAlbum(engine: Engine, file: File): Promise<void> {
  try {
    const album = await readAlbum({ name: file.name, stream: file.stream(), size: file.size });
    const wanted = useSettings.getState().experiment.data.album;
    const other = meansOtherPictures(usePictures.getState().album, wanted);
    changeAlbum(engine, withEnough(album));
    usePictures.setState({ refused: [], read: [], notes: [] });
    if (other && !isAlbumOf(album, wanted)) {
      const problem = `${file.name} holds other images (check sum ${albumFingerprint(album)}) than the link means (${wanted}). The experiment learns from these now; open the link again to look for the others.`;
      usePictures.setState({ problems: [problem] });
    }
  } catch (error) {
    usePictures.setState({ problems: [inWords(error)] });
  }
}

async function takeFiles(
  engine: Engine,
  placed: readonly PlacedFile<File>[],
  kind: number | null,
  stop: AbortController,
): Promise<void> {
  const target = kind === null ? null : (usePictures.getState().album[kind]?.name ?? null);
  const bytes = placed.map(({ file, path }) => ({ file: asByteFile(file), path }));
  const opened = await openArchives(bytes);
  const named = opened.files.map(({ file, path }) => ({
    file: { file, name: path.join("/") },
    path,
  }));
  const sorted = sortByFolder(named, target);
  const refused = [...opened.refused, ...sorted.refused];
  if (sorted.files.length === 0)
    usePictures.setState({ problems: [], refused, read: [], notes: [] });
  else await readInto(engine, sorted.files, refused, stop);
}

/**
 * Takes dropped or chosen files: images into the class they were meant for or whose folder they lie in, zip archives of
 * such folders, or a file of images that was saved before. Resolves when they are there, or the page says why not.
 * @param kind number of the class that they were dropped on; null for none
 */
export async function takePictures(
  engine: Engine,
  placed: readonly PlacedFile<File>[],
  kind: number | null,
): Promise<void> {
  if (placed.length === 0) return;
  if (usePictures.getState().reading) {
    const problem = "Images are still being read: wait until they are here, or cancel.";
    usePictures.setState({ problems: [problem] });
    return;
  }
  const saved = placed.find(({ file }) => isAlbumName(file.name));
  if (saved && placed.length === 1) return takeAlbum(engine, saved.file);
  const stop = new AbortController();
  stopReading = stop;
  usePictures.setState({ reading: { done: 0, total: 0, secondsLeft: null } });
  try {
    await takeFiles(engine, placed, kind, stop);
  } catch (error) {
    const problem = `The files cannot be read. ${inWords(error)} Copy them to this device and add them again.`;
    usePictures.setState({ problems: [problem] });
  } finally {
    stopReading = null;
    usePictures.setState({ reading: null });
  }
}

/** Takes what was dropped, folders and all. @param kind number of the class that it fell on; null for none */
export async function takeDropped(
  engine: Engine,
  dropped: DroppedEntries,
  kind: number | null,
): Promise<void> {
  try {
    await takePictures(engine, await placedFiles(dropped), kind);
  } catch {
    const problem = "What was dropped cannot be read. Copy it to this device and drop it again.";
    usePictures.setState({ problems: [problem] });
  }
}
