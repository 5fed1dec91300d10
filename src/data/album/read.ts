// A learner's own pictures as a data set: from the file that holds them to three parts of the chosen size and colours.
import type { Experiment } from "../../experiment/schema";
import { describeTask } from "../../experiment/tasks";
import { DataFileError, DataMissingError, DataPicturesError, DataSizeError } from "../errors";
import { mislabel } from "../labels";
import type { FileSource, PartName, RawExamples, ReadProgress } from "../types";
import { type Album, albumFingerprint, albumLacking, isAlbumOf } from "./album";
import { isAlbumName, readAlbum } from "./container";
import { albumParts, inPart } from "./parts";
import { seenPixels } from "./seen";

type DataSettings = Experiment["data"];

/** Among other files one may be damaged: that is said, and the search goes on. */
function explain(error: unknown): string {
  if (error instanceof DataFileError) return error.message;
  throw error;
}

/** The album with the experiment's check sum. @throws DataMissingError saying what was found in its place */
async function findAlbum(
  { album: wanted }: DataSettings,
  sources: readonly FileSource[],
  progress?: ReadProgress,
): Promise<Album> {
  const others: string[] = [];
  for (const source of sources) {
    const names = ((await source.list?.()) ?? []).filter(isAlbumName);
    for (const name of names) {
      const file = await source.open(name.replace(/\.gz$/i, ""));
      if (!file) continue;
      const album = await readAlbum(file, progress).catch(explain);
      if (typeof album === "string") others.push(album);
      else if (isAlbumOf(album, wanted)) return album;
      else others.push(`${file.name} holds others (check sum ${albumFingerprint(album)}).`);
    }
  }
  const what =
    wanted === 0
      ? "a set of pictures that you sort into classes"
      : `a set of pictures with check sum ${wanted} (an .album file)`;
  throw DataMissingError.ofTable(what, others);
}

/** The pictures of one part, class by class. */
function gather(
  album: Album,
  parts: readonly PartName[][],
  part: PartName,
  [side, , channels]: readonly number[],
): RawExamples {
  const chosen = album.flatMap((_, label) =>
    inPart(album, parts, label, part).map(({ pixels }) => ({ pixels, label })),
  );
  const size = (side as number) ** 2 * (channels as number);
  const inputs = new Uint8Array(chosen.length * size);
  chosen.forEach(({ pixels }, at) => {
    inputs.set(seenPixels(pixels, side as number, channels as number), at * size);
  });
  return {
    count: chosen.length,
    inputs,
    labels: Int32Array.from(chosen, ({ label }) => label),
    targets: new Float32Array(0),
    mislabelled: new Uint8Array(chosen.length),
  };
}

export interface AlbumData {
  readonly parts: Readonly<Record<PartName, RawExamples>>;
  readonly classNames: readonly string[];
}

/**
 * Reads the experiment's pictures and divides them by the seed.
 * @throws DataMissingError, DataFileError, DataSizeError, or DataPicturesError where they are too few
 */
export async function readAlbumParts(
  data: DataSettings,
  seed: number,
  sources: readonly FileSource[],
  progress?: ReadProgress,
): Promise<AlbumData> {
  const album = await findAlbum(data, sources, progress);
  const lacking = albumLacking(album);
  if (lacking !== null) throw new DataPicturesError(lacking);
  if (album.length !== data.albumClasses) {
    throw new DataSizeError(
      `These pictures are of ${album.length} classes, the experiment says ${data.albumClasses}: set its classes to ${album.length}.`,
    );
  }
  const { inputShape } = describeTask(data);
  const held = albumParts(album, seed);
  const of = (part: PartName) => gather(album, held, part, inputShape);
  const train = of("train");
  const mislabelled = mislabel(train.labels, album.length, data.mislabelled, seed);
  return {
    parts: { train: { ...train, mislabelled }, validation: of("validation"), test: of("test") },
    classNames: album.map(({ name }) => name),
  };
}
