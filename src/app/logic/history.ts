// What a run has measured so far, in append-only columns outside React: charts and texts read from here, nothing is copied per frame.
import { type PenaltyTermName, penaltyTerms } from "../../experiment/hyperparameters";
import type { BoundaryMap, CurvePoint, Frame, PanelData, PanelName } from "../../worker/protocol";
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
export type Part = "step" | "points" | PanelName;

interface Dated {
  readonly step: number;
  readonly epoch: number;
}

/** Class probabilities over the plane as −ln p in small steps: half the memory, and even between points. */
export interface BoundaryPicture {
  readonly size: number;
  readonly domain: BoundaryMap["domain"];
  readonly classes: number;
  readonly levels: Uint16Array;
}

/** What a panel showed at one moment, as the record keeps it. */
type Kept = {
  readonly [Name in PanelName]: Name extends "boundary" ? BoundaryPicture : PanelData[Name];
};

export interface PanelRecord<Name extends PanelName> extends Dated {
  readonly data: Kept[Name];
}

export type LayerRecord = PanelRecord<"weights">;

/** Panels whose earlier moments the page can show. */
const scrubbed: ReadonlySet<PanelName> = new Set(["weights", "boundary", "curve"]);

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

function quantize(map: BoundaryMap): BoundaryPicture {
  const levels = new Uint16Array(map.probabilities.length);
  for (let index = 0; index < levels.length; index++) {
    const surprise = -Math.log(map.probabilities[index] as number) * levelsPerNat;
    levels[index] = Math.min(65_535, Math.round(surprise));
  }
  return { size: map.size, domain: map.domain, classes: map.classes, levels };
}

/** The panels that a frame brings. */
const panelsOf = ({ step, epoch, points, stepsPerSecond, execution, ...panels }: Frame) =>
  panels as Partial<PanelData>;

export class RunHistory {
  private readonly table = emptyColumns();
  private readonly listeners = new Set<() => void>();
  private readonly present = new Map<PanelName, PanelRecord<PanelName>>();
  private readonly records = new Map<PanelName, ThinnedRecord<PanelRecord<PanelName>>>();
  private readonly versions = new Map<Part, number>();

  get columns(): Columns {
    return this.table;
  }

  get length(): number {
    return this.table.step.length;
  }

  /** Takes in one message of measurements. */
  add(frame: Frame): void {
    for (const point of frame.points) this.addPoint(point);
    // A run that trains on from earlier weights takes the steps after them again.
    if (frame.stepsPerSecond > 0) this.forgetAfter(frame.step);
    const panels = panelsOf(frame);
    const names = Object.keys(panels) as PanelName[];
    for (const name of names) this.keep(name, panels, frame);
    this.changed(["step", ...(frame.points.length > 0 ? (["points"] as const) : []), ...names]);
  }

  /** Forgets everything: a new run, or the same one from its start. */
  clear(): void {
    for (const name of columnNames) this.table[name].length = 0;
    const names = [...this.present.keys()];
    this.present.clear();
    this.records.clear();
    this.changed(["step", "points", ...names]);
  }

  /** Counts changes of some parts; a reader that saw the same number has seen everything. */
  versionOf(parts: readonly Part[]): number {
    return parts.reduce((sum, part) => sum + (this.versions.get(part) ?? 0), 0);
  }

  /** What a panel shows now, or null. */
  latest<Name extends PanelName>(name: Name): Kept[Name] | null {
    return (this.present.get(name)?.data as Kept[Name] | undefined) ?? null;
  }

  /** What a panel showed up to an epoch, the latest last; all with the present one last for null. */
  until<Name extends PanelName>(name: Name, epoch: number | null): readonly PanelRecord<Name>[] {
    const records = this.records.get(name)?.all ?? [];
    const present = this.present.get(name) ?? null;
    return until(records, present, epoch) as readonly PanelRecord<Name>[];
  }

  /** What a panel showed at an epoch, or shows now for null. */
  at<Name extends PanelName>(name: Name, epoch: number | null): PanelRecord<Name> | null {
    return this.until(name, epoch).at(-1) ?? null;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private keep(name: PanelName, panels: Partial<PanelData>, { step, epoch }: Frame): void {
    const data = name === "boundary" ? quantize(panels.boundary as BoundaryMap) : panels[name];
    const record = { step, epoch, data } as PanelRecord<PanelName>;
    this.present.set(name, record);
    if (!scrubbed.has(name)) return;
    const records = this.records.get(name) ?? new ThinnedRecord(keptMoments);
    this.records.set(name, records);
    records.add(record, sameStep);
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

  private forgetAfter(step: number): void {
    for (const records of this.records.values()) {
      records.dropWhile((record) => record.step > step);
    }
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
