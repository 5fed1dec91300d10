// From dropped or chosen files to pictures in classes: sorted by folder, read a few at a time, with a way to stop.
import { albumFingerprint } from "../../data/album/album";
import { isAlbumName, readAlbum } from "../../data/album/container";
import { type PlacedFile, sortByFolder } from "../logic/classFolders";
import {
  type SortedFile,
  withEnough,
  withinLimits,
  withoutSpare,
  withPictures,
} from "../logic/fillClasses";
import { usePictures } from "../store/pictures";
import { useSettings } from "../store/settings";
import { describeError } from "./connection";
import { type DroppedEntries, placedFiles } from "./droppedEntries";
import type { Engine } from "./engine";
import { changeAlbum, meansOtherPictures } from "./ownPictures";
import { readPictureFiles } from "./pictureFiles";

/** Seconds before the pace of reading says anything. */
const settled = 1;

let stopReading: AbortController | null = null;

async function readInto(engine: Engine, sorted: readonly SortedFile[], before: readonly string[]) {
  const base = withoutSpare(usePictures.getState().album, sorted);
  const { files, problems } = withinLimits(base, sorted);
  const total = files.length;
  const stop = new AbortController();
  stopReading = stop;
  const begun = performance.now();
  const progress = (done: number) => {
    const seconds = (performance.now() - begun) / 1000;
    const secondsLeft = seconds < settled ? null : ((total - done) * seconds) / done;
    usePictures.setState({ reading: { done, total, secondsLeft } });
  };
  usePictures.setState({ reading: { done: 0, total, secondsLeft: null } });
  const read = await readPictureFiles(
    files.map(({ file }) => file),
    progress,
    stop.signal,
  );
  stopReading = null;
  const album = withEnough(withPictures(base, files, read.pictures));
  const got = read.pictures.filter((picture) => picture !== null).length;
  const stopped = stop.signal.aborted
    ? [`Reading was cancelled: ${got} of ${total} pictures are here. Undo takes them away.`]
    : [];
  usePictures.setState({ reading: null });
  if (got > 0) changeAlbum(engine, album);
  const refused = got > 0 ? usePictures.getState().problems : [];
  const all = [...refused, ...stopped, ...before, ...problems, ...read.problems];
  usePictures.setState({ problems: all });
}

/** Ends the reading of files; what was read stays. */
export function cancelReading(): void {
  stopReading?.abort();
}

/** Puts the pictures of a file that was saved before in place of those at hand; undo brings these back. */
async function takeAlbum(engine: Engine, file: File): Promise<void> {
  try {
    const album = await readAlbum({ name: file.name, stream: file.stream(), size: file.size });
    const wanted = useSettings.getState().experiment.data.album;
    const other = meansOtherPictures(usePictures.getState().album, wanted);
    changeAlbum(engine, withEnough(album));
    if (other && meansOtherPictures(album, wanted)) {
      const problem = `${file.name} holds other pictures (check sum ${albumFingerprint(album)}) than the link means (${wanted}). The experiment learns from these now; open the link again to look for the others.`;
      usePictures.setState({ problems: [problem] });
    }
  } catch (error) {
    usePictures.setState({ problems: [describeError(error).message] });
  }
}

/**
 * Takes dropped or chosen files: pictures into the class they were meant for or whose folder they lie in, or a file
 * of pictures that was saved before. Resolves when they are there, or the page says why not.
 * @param kind number of the class that they were dropped on; null for none
 */
export async function takePictures(
  engine: Engine,
  placed: readonly PlacedFile[],
  kind: number | null,
): Promise<void> {
  if (placed.length === 0) return;
  if (usePictures.getState().reading) {
    const problem = "Pictures are still being read: wait until they are here, or cancel.";
    usePictures.setState({ problems: [problem] });
    return;
  }
  const saved = placed.find(({ file }) => isAlbumName(file.name));
  if (saved && placed.length === 1) return takeAlbum(engine, saved.file);
  const target = kind === null ? null : (usePictures.getState().album[kind]?.name ?? null);
  const { files, problems } = sortByFolder(placed, target);
  if (files.length === 0) usePictures.setState({ problems });
  else await readInto(engine, files, problems);
}

/** Takes what was dropped, folders and all. @param kind number of the class that it fell on; null for none */
export async function takeDropped(
  engine: Engine,
  dropped: DroppedEntries,
  kind: number | null,
): Promise<void> {
  try {
    await takePictures(engine, await placedFiles(dropped), kind);
  } catch (error) {
    const problem = `What was dropped cannot be read (${describeError(error).message}). Copy it to this device and drop it again.`;
    usePictures.setState({ problems: [problem] });
  }
}
