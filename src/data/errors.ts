// What can be wrong with the files of a data set, in words that say what to do next.

/** Files of a data set are not there. */
export class DataMissingError extends Error {
  override readonly name = "DataMissingError";

  /** Names of all missing files, without ".gz". */
  readonly missing: readonly string[];

  private constructor(message: string, missing: readonly string[]) {
    super(message);
    this.missing = missing;
  }

  /** Files of a published set. */
  static of({
    dataset,
    folder,
    missing,
    others,
    searched,
    troubles,
  }: MissingFiles): DataMissingError {
    const names = missing.map(packedName).join(", ");
    const place = searched === null ? "" : ` Looked in: ${searched}.`;
    const message =
      `${dataset} needs files that are not here: ${names} (unpacked, without .gz, will do)` +
      `${others.map((other) => `; or instead ${other}`).join("")}.${place} ` +
      `${troubles.map((trouble) => `${trouble} `).join("")}` +
      `Drop them on the page, put them in the site's datasets/${folder} folder, ` +
      "or give the command line --data FOLDER.";
    return new DataMissingError(message, missing);
  }

  /** A learner's own table, points or pictures. @param others what was found instead, a sentence each */
  static ofTable(wanted: string, others: readonly string[]): DataMissingError {
    const message =
      `This experiment learns from ${wanted}, which stays on the machine of whoever has it. ` +
      `${others.map((other) => `${other} `).join("")}` +
      "Drop the file on the page, or give the command line --data FOLDER.";
    return new DataMissingError(message, [wanted]);
  }
}

/** What was looked for, and where. */
export interface MissingFiles {
  /** Name for people: "Fashion-MNIST". */
  readonly dataset: string;
  /** Its folder under the site's datasets/: "fashion-mnist". */
  readonly folder: string;
  /** Names of the files that are missing, without ".gz". */
  readonly missing: readonly string[];
  /** Other files that would do as well, in words. */
  readonly others: readonly string[];
  /** Where they were looked for; null when there was nowhere to look. */
  readonly searched: string | null;
  /** Sources that could not be asked, a sentence each. */
  readonly troubles: readonly string[];
}

/** idx files are published packed; the others as they are. */
function packedName(name: string): string {
  return name.endsWith("ubyte") ? `${name}.gz` : name;
}

/** A file of a data set is damaged, or is not what its name says. */
export class DataFileError extends Error {
  override readonly name = "DataFileError";

  /**
   * @param file name of the file as it was found
   * @param offset byte at which it goes wrong, from 0; of the unpacked content where the file is packed
   * @param expected what should be there
   * @param found what is there
   */
  constructor(
    readonly file: string,
    readonly offset: number,
    readonly expected: string,
    readonly found: string,
    packed = false,
  ) {
    const where = packed ? `byte ${offset} of the unpacked content` : `byte ${offset}`;
    super(`${file}, ${where}: expected ${expected}, found ${found}.`);
  }
}

/** A file could not be read to its end; what came was not wrong. */
export class DataStreamError extends DataFileError {}

/** A text file of a data set is wrong at a line. */
export class DataLineError extends Error {
  override readonly name = "DataLineError";

  /**
   * @param line from 1, as editors count
   * @param expected what should be there
   * @param found what is there
   */
  constructor(
    readonly file: string,
    readonly line: number,
    readonly expected: string,
    readonly found: string,
  ) {
    super(`${file}, line ${line}: expected ${expected}, found ${found}.`);
  }
}

/** The files hold fewer examples than the experiment asks for. */
export class DataSizeError extends Error {
  override readonly name = "DataSizeError";
}

/** Clicked points that nothing can be learned from: too few, or of one class only. */
export class DataPointsError extends Error {
  override readonly name = "DataPointsError";
}

/** A learner's own pictures that nothing can be learned from: too few, or of one class only. */
export class DataPicturesError extends Error {
  override readonly name = "DataPicturesError";
}

/** A source does not answer: no network, a blocked address, a failing server. */
export class DataUnreachableError extends Error {
  override readonly name = "DataUnreachableError";
}
