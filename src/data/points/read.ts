// Clicked points as a data set: from the CSV file that holds them to three parts.
import type { Experiment } from "../../experiment/schema";
import { DataFileError, DataLineError, DataMissingError, DataPointsError } from "../errors";
import { type CsvColumn, type CsvTable, readCsv } from "../readers/csv";
import { tableNames } from "../table/read";
import type { FileSource, OpenedFile, PartName, RawExamples, ReadProgress } from "../types";
import {
  classLetters,
  mostPoints,
  type PlanePoint,
  type PointPart,
  placePoint,
  planeReach,
  pointParts,
  pointsFingerprint,
  pointsLacking,
  testPoint,
  trainPoint,
  validationPoint,
} from "./points";

type DataSettings = Experiment["data"];

/** Where a value stands in the file. */
interface Place {
  readonly file: string;
  readonly lines: CsvTable["lines"];
}

function coordinate({ file, lines }: Place, name: string, column: CsvColumn, row: number): number {
  const range = `a number from −${planeReach} to ${planeReach} in column ${name}`;
  if (column.kind !== "numbers")
    throw new DataLineError(file, lines.header, range, "words in that column");
  const value = column.values[row] as number;
  if (Math.abs(value) <= planeReach) return value;
  const line = lines.rows[row] as number;
  throw new DataLineError(file, line, range, Number.isNaN(value) ? "nothing" : `${value}`);
}

function classAt({ file, lines }: Place, column: CsvColumn, row: number): number {
  const word = column.kind === "words" ? column.words[column.values[row] as number] : undefined;
  const kind = (classLetters as readonly string[]).indexOf(word?.toUpperCase() ?? "");
  if (kind >= 0) return kind;
  const found = column.kind === "words" ? (word ?? "nothing") : `a column of ${column.kind}`;
  const line = column.kind === "words" ? (lines.rows[row] as number) : lines.header;
  throw new DataLineError(file, line, `a class ${classLetters.join(", ")}`, found);
}

/**
 * Reads points from a CSV file with the columns x, y and class.
 * @throws DataLineError or DataFileError
 */
export async function readPoints(file: OpenedFile, progress?: ReadProgress): Promise<PlanePoint[]> {
  const { columns, rows, lines } = await readCsv(file, progress);
  const named = (name: string) => columns.find((column) => column.name.toLowerCase() === name);
  const [x, y, kind] = [named("x"), named("y"), named("class")];
  if (!x || !y || !kind) {
    const found = columns.map(({ name }) => name).join(", ");
    throw new DataLineError(file.name, lines.header, "the columns x, y and class", found);
  }
  if (rows > mostPoints) {
    const line = lines.rows[mostPoints] as number;
    throw new DataLineError(file.name, line, `at most ${mostPoints} points`, "more");
  }
  const place = { file: file.name, lines };
  return Array.from({ length: rows }, (_, row) =>
    placePoint(
      coordinate(place, "x", x, row),
      coordinate(place, "y", y, row),
      classAt(place, kind, row),
    ),
  );
}

/** Among other files one may hold no points: that is said, and the search goes on. */
function explain(error: unknown): string {
  if (error instanceof DataLineError || error instanceof DataFileError) return error.message;
  throw error;
}

/** The points with the experiment's check sum. @throws DataMissingError saying what was found in their place */
async function findPoints(
  { points: wanted }: DataSettings,
  sources: readonly FileSource[],
  progress?: ReadProgress,
): Promise<PlanePoint[]> {
  const others: string[] = [];
  for (const source of sources) {
    for (const name of await tableNames(source)) {
      const file = await source.open(name);
      if (!file) continue;
      const points = await readPoints(file, progress).catch(explain);
      if (typeof points === "string") others.push(points);
      else if (pointsFingerprint(points) === wanted) return points;
      else others.push(`${file.name} holds other points (check sum ${pointsFingerprint(points)}).`);
    }
  }
  const what =
    wanted === 0 ? "a set of points that you click" : `a set of points with check sum ${wanted}`;
  throw DataMissingError.ofTable(what, others);
}

function gather(points: readonly PlanePoint[]): RawExamples {
  return {
    count: points.length,
    inputs: Float32Array.from(points.flatMap(({ x, y }) => [x, y])),
    labels: Int32Array.from(points, ({ kind }) => kind),
    targets: new Float32Array(0),
    mislabelled: new Uint8Array(points.length),
  };
}

/**
 * Reads the experiment's points and divides them by the seed.
 * @throws DataMissingError, DataLineError, DataFileError, or DataPointsError where they are too few
 */
export async function readPointParts(
  data: DataSettings,
  seed: number,
  sources: readonly FileSource[],
  progress?: ReadProgress,
): Promise<Readonly<Record<PartName, RawExamples>>> {
  const points = await findPoints(data, sources, progress);
  const lacking = pointsLacking(points, data.classes);
  if (lacking !== null) throw new DataPointsError(lacking);
  const parts = pointParts(points, seed);
  const of = (part: PointPart) => gather(points.filter((_, at) => parts[at] === part));
  return { train: of(trainPoint), validation: of(validationPoint), test: of(testPoint) };
}
