// The registry of the folder: every data set by its kind, and all that the rest of the house may use.
import type { Experiment } from "../experiment/schema";
import { describeTask } from "../experiment/tasks";
import { generateExamples } from "./generate";
import { isPictureKind, pictureSets } from "./pictures/sets";
import { planeClassNames } from "./plane";
import { pointClassNames, pointsExtent } from "./points/points";
import { applyScaling, featureScaling, pictureScaling } from "./scaling";
import { shapeNames } from "./shapeOutlines";
import type { TableSummary } from "./table/summary";
import { featureNames } from "./tabular";
import type {
  Dataset,
  Examples,
  FileSource,
  PartName,
  RawExamples,
  ReadProgress,
  Scaling,
} from "./types";

export { curveValue } from "./curve";
export {
  DataFileError,
  DataLineError,
  DataMissingError,
  DataPicturesError,
  DataPointsError,
  DataSizeError,
} from "./errors";
export { generateExamples as sampleForThumbnail } from "./generate";
export { isPictureKind, type PictureKind, pictureSets } from "./pictures/sets";
export { applyScaling, invertScaling, type ScalingMethod, scaledInputs } from "./scaling";
export { openPieceStore } from "./sources/pieceStore";
export { filesFromPublicAddress, publicAddress } from "./sources/published";
export { filesFromList, filesFromUrl } from "./sources/site";
export { filesFromStore } from "./sources/stored";
export { drawStrokeDigit, picturePixels, pictureSide } from "./strokeDigits";
export { correlatedPairs, relevantFeatures } from "./tabular";
export type * from "./types";

type DataSettings = Experiment["data"];

/**
 * Looks into a table. What reads tables is loaded only when there is one.
 * @param data how it is read and what becomes of missing values
 * @throws DataLineError or DataFileError
 */
export async function inspectTable(file: File, data: DataSettings): Promise<TableSummary> {
  const { inspectTable: inspect } = await import("./table/summary");
  const opened = { name: file.name, stream: file.stream(), size: file.size };
  return inspect(opened, data.missing, data);
}

type RawParts = Readonly<Record<PartName, RawExamples>>;

const digitNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** Words for the classes of a data set, in order; empty for regression. */
export function classNamesOf(data: DataSettings): readonly string[] {
  switch (data.kind) {
    case "moons":
    case "circle":
    case "xor":
    case "clusters":
    case "spiral":
      return planeClassNames(data.kind, data.classes);
    case "curve":
      return [];
    case "tabular":
      return ["no", "yes"];
    case "strokeDigits":
      return digitNames;
    case "shapes":
      return shapeNames;
    case "mnist":
    case "fashionMnist":
    case "cifar10":
      return pictureSets[data.kind].classNames;
    case "ownPoints":
      return pointClassNames(data.classes);
    case "ownPictures":
      return Array.from({ length: data.albumClasses }, (_, place) => `class ${place + 1}`);
    case "ownTable":
      return Array.from({ length: data.answers }, (_, place) => `class ${place + 1}`);
  }
}

function generateParts(data: DataSettings, seed: number): RawParts {
  return {
    train: generateExamples(data, seed, "train", data.trainSize),
    validation: generateExamples(data, seed, "validation", data.validationSize),
    test: generateExamples(data, seed, "test", data.testSize),
  };
}

/** Pictures stay bytes: they are scaled when they are read. */
function scaleExamples(raw: RawExamples, scaling: Scaling, inputSize: number): Examples {
  if (raw.inputs instanceof Uint8Array) return raw as Examples;
  return { ...raw, inputs: applyScaling(raw.inputs, scaling, inputSize) };
}

/** The three parts; most experiments read no files, so what reads them is loaded only when it is needed. */
async function partsOf(
  data: DataSettings,
  seed: number,
  sources: readonly FileSource[],
  progress?: ReadProgress,
) {
  const none = { table: null, album: null };
  if (data.kind === "ownTable") {
    const { readTable } = await import("./table/read");
    const table = await readTable(data, seed, sources, progress);
    return { ...none, table, raw: table.parts };
  }
  if (data.kind === "ownPictures") {
    const { readAlbumParts } = await import("./album/read");
    const album = await readAlbumParts(data, seed, sources, progress);
    return { ...none, album, raw: album.parts };
  }
  if (data.kind === "ownPoints") {
    const { readPointParts } = await import("./points/read");
    return { ...none, raw: await readPointParts(data, seed, sources, progress) };
  }
  if (!isPictureKind(data.kind)) return { ...none, raw: generateParts(data, seed) };
  const { readPictures } = await import("./pictures/read");
  return { ...none, raw: await readPictures(data.kind, data, seed, sources, progress) };
}

/**
 * Makes or reads the data set of an experiment: three parts, scaled by figures of the training part.
 * The same settings and seed give the same bytes. Files may hold fewer examples than asked for: `count` of each
 * part says how many there are.
 * @param sources where files are looked for, in this order; the generated sets need none
 * @throws DataMissingError, DataFileError or DataSizeError, all with messages for people
 */
export async function makeDataset(
  data: DataSettings,
  seed: number,
  sources: readonly FileSource[] | null,
  progress?: ReadProgress,
): Promise<Dataset> {
  const { type, inputShape, inputSize, outputs, view } = describeTask(data);
  const { raw, table, album } = await partsOf(data, seed, sources ?? [], progress);
  const scaling =
    view === "pictures"
      ? pictureScaling(raw.train.inputs, data.scaling)
      : featureScaling(raw.train.inputs, inputSize, data.scaling);
  return {
    type,
    inputShape,
    inputSize,
    outputs,
    classNames: table?.classNames ?? album?.classNames ?? classNamesOf(data),
    featureNames: table?.inputNames ?? (data.kind === "tabular" ? featureNames : []),
    scaling,
    target: table?.target,
    columnGroups: table?.columnGroups,
    extent: data.kind === "ownPoints" ? pointsExtent : undefined,
    train: scaleExamples(raw.train, scaling, inputSize),
    validation: scaleExamples(raw.validation, scaling, inputSize),
    test: scaleExamples(raw.test, scaling, inputSize),
  };
}
