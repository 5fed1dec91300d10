// What can be wrong with the files of a data set, in words that say what to do next.

/** Files of a data set are not there. */
export class DataMissingError extends Error {
  override readonly name = "DataMissingError";

  /**
   * @param dataset name for people: "Fashion-MNIST"
   * @param folder its folder under the site's datasets/: "fashion-mnist"
   * @param missing names of all missing files, without ".gz"
   * @param searched where they were looked for; null when there was nowhere to look
   */
  constructor(
    dataset: string,
    folder: string,
    readonly missing: readonly string[],
    searched: string | null,
  ) {
    const names = missing.map((name) => `${name}.gz`).join(", ");
    const place = searched === null ? "" : ` Looked in: ${searched}.`;
    super(
      `${dataset} needs files that are not here: ${names} (unpacked, without .gz, will do).${place} ` +
        `Drop them on the page, put them in the site's datasets/${folder} folder, ` +
        "or give the command line --data FOLDER.",
    );
  }
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
