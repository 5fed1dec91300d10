// Reads a picture set from the first source that has all files of one of its forms.
import type { Experiment } from "../../experiment/schema";
import { DataMissingError, DataStreamError, DataUnreachableError } from "../errors";
import type { FileSource, PartName, RawExamples, ReadProgress } from "../types";
import { type OpenedForm, type PictureForm, type PicturePools, release } from "./forms";
import { divide } from "./parts";
import { type PictureKind, type PictureSet, pictureSets } from "./sets";

type DataSettings = Experiment["data"];

/** The form of which most files were found, and what it lacks. */
interface NearMiss {
  readonly form: PictureForm;
  readonly missing: readonly string[];
}

function nearer(a: NearMiss, b: NearMiss): NearMiss {
  const found = ({ form, missing }: NearMiss) => form.names.length - missing.length;
  return found(b) > found(a) ? b : a;
}

class Search {
  /** Why sources could not be asked, in words. */
  readonly troubles: string[] = [];
  private miss: NearMiss;

  constructor(private readonly set: PictureSet) {
    const [form] = set.forms as readonly [PictureForm, ...PictureForm[]];
    this.miss = { form, missing: form.names };
  }

  async openFrom(source: FileSource): Promise<OpenedForm | null> {
    try {
      for (const form of this.set.forms) {
        const opened = await form.open(source);
        if (!("missing" in opened)) return opened;
        this.miss = nearer(this.miss, { form, missing: opened.missing });
      }
    } catch (error) {
      // A source that cannot be reached is no reason not to ask the next.
      if (!(error instanceof DataUnreachableError)) throw error;
      this.troubles.push(error.message);
    }
    return null;
  }

  failure(sources: readonly FileSource[]): DataMissingError {
    const { title, folder, forms } = this.set;
    const others = forms.filter((form) => form !== this.miss.form).map((form) => form.title);
    const searched = sources.map((source) => source.description).join(", then ");
    return DataMissingError.of({
      dataset: title,
      folder,
      missing: this.miss.missing,
      others,
      searched: searched === "" ? null : searched,
      troubles: this.troubles,
    });
  }
}

async function readOpened(opened: OpenedForm, progress?: ReadProgress): Promise<PicturePools> {
  try {
    return await opened.read(progress);
  } catch (error) {
    // A stored copy that cannot be read must not stand in the way of the next try; one that broke off may go on.
    if (!(error instanceof DataStreamError)) {
      await Promise.all(opened.files.map((file) => file.discard?.()));
    }
    throw error;
  } finally {
    await release(opened.files);
  }
}

/**
 * The published parts of a picture set, whole.
 * @param sources in the order in which they are asked
 * @throws DataMissingError naming what is missing and what to do; DataFileError for a damaged file
 */
export async function readPictureSet(
  kind: PictureKind,
  sources: readonly FileSource[],
  progress?: ReadProgress,
): Promise<PicturePools> {
  const search = new Search(pictureSets[kind]);
  for (const source of sources) {
    const opened = await search.openFrom(source);
    if (opened) return readOpened(opened, progress);
  }
  throw search.failure(sources);
}

/**
 * The three parts that the experiment asks for.
 * @returns bytes of pixels, [count, size] per part
 * @throws DataMissingError, DataFileError or DataSizeError
 */
export async function readPictures(
  kind: PictureKind,
  data: DataSettings,
  seed: number,
  sources: readonly FileSource[],
  progress?: ReadProgress,
): Promise<Readonly<Record<PartName, RawExamples>>> {
  const pools = await readPictureSet(kind, sources, progress);
  const { title, classNames } = pictureSets[kind];
  return divide(pools, title, classNames.length, data, seed);
}
