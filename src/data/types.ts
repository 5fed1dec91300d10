// What a data set is to everything downstream: plain typed arrays, no tensors.

/** One part (train, validation or test) of a data set. */
export interface Examples {
  readonly count: number;
  /**
   * Network inputs, row-major [count, inputSize]: scaled, or for pictures the raw bytes, a quarter of the memory.
   * scaledInputs (scaling.ts) gives what the network sees of either.
   */
  readonly inputs: Float32Array | Uint8Array;
  /** Classification: the class that training and evaluation use, [count]; empty for regression. */
  readonly labels: Int32Array;
  /** Regression: target values, row-major [count, outputs]; empty for classification. */
  readonly targets: Float32Array;
  /** Classification: 1 where the label was replaced by a wrong one on purpose, [count]. */
  readonly mislabelled: Uint8Array;
}

/** An affine map from raw to network inputs: (raw − offset) · factor, one pair per feature or one pair for all. */
export interface Scaling {
  readonly offset: Float32Array;
  readonly factor: Float32Array;
}

export interface Dataset {
  readonly type: "classification" | "regression";
  /** Shape of one example without the batch. */
  readonly inputShape: readonly number[];
  readonly inputSize: number;
  readonly outputs: number;
  /** Names of the classes; empty for regression. */
  readonly classNames: readonly string[];
  /** Names of the inputs, where they have any (tabular); else empty. */
  readonly featureNames: readonly string[];
  readonly scaling: Scaling;
  /** Where the plane is the same whatever lies on it, its borders in raw coordinates: [left, right, bottom, top]. */
  readonly extent?: readonly [number, number, number, number] | undefined;
  /** Tables: what their columns of categories divide the validation part into. */
  readonly columnGroups?: readonly ColumnGroups[] | undefined;
  /** Tables whose numbers are brought to mean 0 and deviation 1: what they were before. */
  readonly target?: TargetScale | undefined;
  readonly train: Examples;
  readonly validation: Examples;
  readonly test: Examples;
}

/** The column of values that is predicted: value = mean + deviation · target, by figures of the training part. */
export interface TargetScale {
  /** Name of the column, which is all that is known of its unit. */
  readonly name: string;
  readonly mean: number;
  /** Above 0. */
  readonly deviation: number;
}

/** What one column of a table divides the validation part into. */
export interface ColumnGroups {
  /** Name of the column. */
  readonly name: string;
  /** Names of the groups, at least two. */
  readonly names: readonly string[];
  /** Place in `names` of every validation example, [count]. */
  readonly validation: Int32Array;
}

/** Where files of a data set come from: dropped on the page, the site's folder, or a folder of the command line. */
export interface FileSource {
  /** Words for messages: "the dropped files", "datasets/fashion-mnist". */
  readonly description: string;
  /** The named file as a stream of bytes, or null when there is none. Tries the name with and without ".gz". */
  open(name: string): Promise<OpenedFile | null>;
  /** Names of all files, where the source can tell; a server cannot. */
  list?(): Promise<readonly string[]>;
}

/** A file that is about to be read. */
export interface OpenedFile {
  /** The name it was found under, with ".gz" where it has that ending. */
  readonly name: string;
  readonly stream: ReadableStream<Uint8Array>;
  /** Bytes that the stream will give, where known. Headers that claim more than fits in them are refused. */
  readonly size?: number | null;
  /** Forgets a stored copy that turned out to be damaged. */
  discard?(): Promise<void>;
}

/** Called while files are read. `total` is null where the length is not known. */
export type ReadProgress = (file: string, bytes: number, total: number | null) => void;

/** The three parts of every data set. */
export type PartName = "train" | "validation" | "test";

/** Examples as they were made or read, before scaling. */
export interface RawExamples {
  readonly count: number;
  /** Raw inputs, row-major [count, inputSize]: coordinates or features as float32, pixels as bytes 0 … 255. */
  readonly inputs: Float32Array | Uint8Array;
  /** Classes that training uses, [count]; empty for regression. */
  readonly labels: Int32Array;
  /** Values to predict, [count, outputs]; empty for classification. */
  readonly targets: Float32Array;
  /** 1 where the label was replaced on purpose, [count]. */
  readonly mislabelled: Uint8Array;
}
