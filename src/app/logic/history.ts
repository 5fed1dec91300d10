// What a run has measured so far, in append-only columns outside React: charts and texts read from here, nothing is copied per frame.
import { type PenaltyTermName, penaltyTerms } from "../../experiment/hyperparameters";
import type {
  ActivationMaps,
  AugmentedPictures,
  BoundaryMap,
  ClassificationReport,
  CurvePoint,
  FittedCurve,
  Frame,
  Gallery,
  GroupFigures,
  KernelPictures,
  LayerStatistics,
  NeuronMaps,
  Panel,
  RegressionReport,
} from "../../worker/protocol";
import { ThinnedRecord } from "./thin";

const ownColumns = [
  "step",
  "epoch",
  "trainLoss",
  "validationLoss",
  "trainAccuracy",
  "validationAccuracy",
  "averagedLoss",
  "averagedAccuracy",
  "penalty",
  "implied",
  "gradientNorm",
  "clippedNorm",
  "learningRate",
  "weightNorm",
  "nearZero",
  "exactZero",
] as const;

/** Beside them a column for each penalty term. */
const columnNames = [...ownColumns, ...penaltyTerms.map(({ name }) => name)] as const;

export type ColumnName = (typeof columnNames)[number];
export type Columns = Readonly<Record<ColumnName, readonly number[]>>;

/** What a reader may wait for: any step, the points of the curves, or what one panel shows. */
export type Part = "step" | "points" | Panel;

interface Dated {
  readonly step: number;
  readonly epoch: number;
}

/** Class probabilities over the plane as −ln p in small steps: half the memory, and even between points. */
export interface BoundaryPicture extends Dated {
  readonly size: number;
  readonly domain: BoundaryMap["domain"];
  readonly classes: number;
  readonly levels: Uint16Array;
}

export interface LayerRecord extends Dated {
  readonly layers: readonly LayerStatistics[];
}

export interface CurveRecord extends Dated {
  readonly curve: FittedCurve;
}

const keptMoments = 240;
/** Most rows of the curves. A run has 300; one that is prolonged again and again has more, and then every second one goes. */
const mostRows = 4000;
/** Levels of a boundary picture per natural unit of −ln p. */
export const levelsPerNat = 512;

/** A panel that comes into view brings the same step again. */
const sameStep = (a: Dated, b: Dated) => a.step === b.step;

function emptyColumns(): Record<ColumnName, number[]> {
  return Object.fromEntries(columnNames.map((name) => [name, [] as number[]])) as Record<
    ColumnName,
    number[]
  >;
}

function rowOf(point: CurvePoint): Record<ColumnName, number> {
  const terms = penaltyTerms.map(({ name }) => [name, point.penalties[name] ?? 0] as const);
  const sum = (inLoss: boolean) =>
    penaltyTerms.reduce(
      (total, { kind }, index) =>
        (kind === "penalty") === inLoss ? total + (terms[index]?.[1] ?? 0) : total,
      0,
    );
  return {
    ...(Object.fromEntries(terms) as Record<PenaltyTermName, number>),
    step: point.step,
    epoch: point.epoch,
    trainLoss: point.train.loss,
    validationLoss: point.validation.loss,
    trainAccuracy: point.train.accuracy ?? Number.NaN,
    validationAccuracy: point.validation.accuracy ?? Number.NaN,
    averagedLoss: point.averaged?.loss ?? Number.NaN,
    averagedAccuracy: point.averaged?.accuracy ?? Number.NaN,
    penalty: sum(true),
    implied: sum(false),
    gradientNorm: point.gradientNorm ?? Number.NaN,
    clippedNorm: point.clippedNorm ?? Number.NaN,
    learningRate: point.learningRate ?? Number.NaN,
    weightNorm: point.weightNorm,
    nearZero: point.nearZero,
    exactZero: point.exactZero,
  };
}

function quantize(map: BoundaryMap, at: Dated): BoundaryPicture {
  const levels = new Uint16Array(map.probabilities.length);
  for (let index = 0; index < levels.length; index++) {
    const surprise = -Math.log(map.probabilities[index] as number) * levelsPerNat;
    levels[index] = Math.min(65_535, Math.round(surprise));
  }
  return {
    step: at.step,
    epoch: at.epoch,
    size: map.size,
    domain: map.domain,
    classes: map.classes,
    levels,
  };
}

/** Where a panel's data lies in a frame. */
const fields: Readonly<Record<Part, keyof Frame>> = {
  step: "step",
  points: "points",
  weights: "layers",
  boundary: "boundary",
  neurons: "neurons",
  curve: "curve",
  gallery: "gallery",
  report: "report",
  groups: "groups",
  predictions: "predictions",
  filters: "filters",
  maps: "maps",
  augmented: "augmented",
};

const allParts = Object.keys(fields) as Part[];

function partsOf(frame: Frame): Part[] {
  return allParts.filter((part) =>
    part === "points" ? frame.points.length > 0 : frame[fields[part]] !== undefined,
  );
}

export class RunHistory {
  private readonly table = emptyColumns();
  private readonly listeners = new Set<() => void>();
  private readonly layerRecords = new ThinnedRecord<LayerRecord>(keptMoments);
  private readonly boundaryRecords = new ThinnedRecord<BoundaryPicture>(keptMoments);
  private readonly curveRecords = new ThinnedRecord<CurveRecord>(keptMoments);
  private readonly versions = new Map<Part, number>();
  layers: LayerRecord | null = null;
  boundary: BoundaryPicture | null = null;
  curve: CurveRecord | null = null;
  neurons: NeuronMaps | null = null;
  gallery: Gallery | null = null;
  augmented: AugmentedPictures | null = null;
  report: ClassificationReport | null = null;
  groups: readonly GroupFigures[] | null = null;
  predictions: RegressionReport | null = null;
  filters: readonly KernelPictures[] | null = null;
  maps: ActivationMaps | null = null;

  get columns(): Columns {
    return this.table;
  }

  get length(): number {
    return this.table.step.length;
  }

  /** Takes in one message of measurements. */
  add(frame: Frame): void {
    for (const point of frame.points) this.addPoint(point);
    const at = { step: frame.step, epoch: frame.epoch };
    if (frame.layers) {
      this.layers = { ...at, layers: frame.layers };
      this.layerRecords.add(this.layers, sameStep);
    }
    if (frame.boundary) {
      this.boundary = quantize(frame.boundary, at);
      this.boundaryRecords.add(this.boundary, sameStep);
    }
    if (frame.curve) {
      this.curve = { ...at, curve: frame.curve };
      this.curveRecords.add(this.curve, sameStep);
    }
    if (frame.neurons) this.neurons = frame.neurons;
    if (frame.gallery) this.gallery = frame.gallery;
    if (frame.augmented) this.augmented = frame.augmented;
    if (frame.report) this.report = frame.report;
    if (frame.groups) this.groups = frame.groups;
    if (frame.predictions) this.predictions = frame.predictions;
    if (frame.filters) this.filters = frame.filters;
    if (frame.maps) this.maps = frame.maps;
    this.changed(partsOf(frame));
  }

  /** Forgets everything: a new run, or the same one from its start. */
  clear(): void {
    for (const name of columnNames) this.table[name].length = 0;
    this.layerRecords.clear();
    this.boundaryRecords.clear();
    this.curveRecords.clear();
    this.layers = null;
    this.boundary = null;
    this.curve = null;
    this.neurons = null;
    this.gallery = null;
    this.augmented = null;
    this.report = null;
    this.groups = null;
    this.predictions = null;
    this.filters = null;
    this.maps = null;
    this.changed(allParts);
  }

  /** Counts changes of some parts; a reader that saw the same number has seen everything. */
  versionOf(parts: readonly Part[]): number {
    return parts.reduce((sum, part) => sum + (this.versions.get(part) ?? 0), 0);
  }

  /** Layer statistics recorded so far, the present ones last. */
  layersUntil(epoch: number | null): readonly LayerRecord[] {
    return until(this.layerRecords.all, this.layers, epoch);
  }

  boundaryAt(epoch: number | null): BoundaryPicture | null {
    return until(this.boundaryRecords.all, this.boundary, epoch).at(-1) ?? null;
  }

  curveAt(epoch: number | null): CurveRecord | null {
    return until(this.curveRecords.all, this.curve, epoch).at(-1) ?? null;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private addPoint(point: CurvePoint): void {
    const { step } = this.table;
    if (point.again) {
      const row = step.lastIndexOf(point.step);
      const values = rowOf(point);
      if (row >= 0) for (const name of columnNames) this.table[name][row] = values[name];
      return;
    }
    let length = step.length;
    while (length > 0 && (step[length - 1] as number) >= point.step) length--;
    if (length > mostRows) length = this.thinOut(length);
    const row = rowOf(point);
    for (const name of columnNames) {
      this.table[name].length = length;
      this.table[name].push(row[name]);
    }
  }

  /** Keeps every second row, the first one among them. @returns how many there are then */
  private thinOut(length: number): number {
    for (const name of columnNames) {
      const column = this.table[name];
      for (let row = 0; 2 * row < length; row++) column[row] = column[2 * row] as number;
    }
    return Math.ceil(length / 2);
  }

  private changed(parts: readonly Part[]): void {
    if (parts.length === 0) return;
    for (const part of parts) this.versions.set(part, this.versionOf([part]) + 1);
    for (const listener of this.listeners) listener();
  }
}

/** Records up to an epoch, or all with the present one last; never empty where there is any record. */
function until<T extends Dated>(
  records: readonly T[],
  present: T | null,
  epoch: number | null,
): readonly T[] {
  if (epoch === null) {
    return present && records.at(-1) !== present ? [...records, present] : [...records];
  }
  const within = records.filter((record) => record.epoch <= epoch + 1e-9);
  return within.length > 0 ? within : records.slice(0, 1);
}
