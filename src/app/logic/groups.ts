// What accuracies of groups say in figures and in one sentence: who differs from the rest, and whether that may be chance.
import type { GroupFigures, Grouping } from "../../worker/protocol";
import { points, percent as printShare } from "./figures";
import { chanceOf, type Interval, wilson } from "./intervals";

/** How likely chance alone may be to give a difference that counts as clear. */
const usualRisk = 0.05;

/** One group of examples beside all others. */
export interface GroupRow {
  readonly name: string;
  readonly count: number;
  /** Share of right answers in [0, 1]; null without examples. */
  readonly share: number | null;
  /** Where the share may well lie with more examples of the kind; null without examples. */
  readonly range: Interval | null;
  /** Share minus that of all other groups together, in [−1, 1]; null where either has no examples. */
  readonly difference: number | null;
  /** Chance alone would hardly give the difference, even among so many groups. */
  readonly clear: boolean;
}

/** Tells groupings of one data set apart, and finds the same one again in the next run. */
export function groupingKey(grouping: Grouping): string {
  return grouping.kind === "column" ? `column ${grouping.column}` : grouping.kind;
}

/** What the examples are divided by, as a choice. */
export function groupingTitle(grouping: Grouping): string {
  if (grouping.kind === "labels") return "right and wrong labels";
  if (grouping.kind === "frequency") return "frequent and rare classes";
  return `column ${grouping.column}`;
}

/** Name of a group; one of classes says which. */
export function groupName(grouping: Grouping, at: number, classNames: readonly string[]): string {
  const name = grouping.names[at] as string;
  if (grouping.kind !== "frequency") return name;
  const classes = (grouping.classes[at] ?? []).map((kind) => classNames[kind] ?? String(kind));
  return `${name}: ${classes.join(", ")}`;
}

/** With a space that no line breaks at. */
const percent = (share: number | null) => printShare(share).replace(" ", "\u00a0");

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * Rows of a table of groups. With many groups one differs by chance sooner or later, so the risk of each comparison
 * (Fisher's exact test) is the usual one divided by their number (Bonferroni); two groups are one comparison.
 */
export function groupRows(names: readonly string[], { count, right }: GroupFigures): GroupRow[] {
  const filled = count.filter((held) => held > 0).length;
  const risk = usualRisk / Math.max(1, filled === 2 ? 1 : filled);
  const all = { right: sum(right), count: sum(count) };
  return names.map((name, at) => {
    const own = { right: right[at] as number, count: count[at] as number };
    if (own.count === 0) {
      return { name, count: 0, share: null, range: null, difference: null, clear: false };
    }
    const rest = { right: all.right - own.right, count: all.count - own.count };
    const share = own.right / own.count;
    const row = { name, count: own.count, share, range: wilson(own) };
    if (rest.count === 0) return { ...row, difference: null, clear: false };
    return {
      ...row,
      difference: share - rest.right / rest.count,
      clear: chanceOf(own, rest) < risk,
    };
  });
}

const examples = (count: number) => (count === 1 ? "1 example" : `${count} examples`);

/** The sentence about one group that differs clearly. */
function clearWords({ name, count, share, difference }: GroupRow, others: number): string {
  const rest = (share as number) - (difference as number);
  const fares = (difference as number) < 0 ? "worse" : "better";
  const more =
    others === 0
      ? ""
      : ` ${others === 1 ? "One more group differs" : `${others} more groups differ`} clearly.`;
  return `“${name}” fares ${fares}: ${percent(share)} of ${examples(count)} right against ${percent(rest)} of the rest; chance alone would hardly do that.${more}`;
}

/** Who pays for the rest, in one sentence from the rows: the worst clear difference first, then the best. */
export function groupVerdict(rows: readonly GroupRow[]): string {
  const compared = rows.filter(({ difference }) => difference !== null);
  if (compared.length < 2) {
    return "Nothing to compare: the examples judged are all in one group.";
  }
  const of = (row: GroupRow) => row.difference as number;
  const clear = compared.filter((row) => row.clear).sort((a, b) => of(a) - of(b));
  const worst = clear[0];
  // Of two groups the one's loss is the other's gain: told once, as a loss.
  const others = compared.length === 2 ? 0 : clear.length - 1;
  if (worst && of(worst) < 0) return clearWords(worst, others);
  if (worst) return clearWords(clear.at(-1) as GroupRow, others);
  const [widest] = [...compared].sort((a, b) => Math.abs(of(b)) - Math.abs(of(a)));
  if (!widest || of(widest) === 0) return "No group stands out: all fare the same.";
  const side = of(widest) < 0 ? "below" : "above";
  const gap = points(Math.abs(of(widest)));
  return `No group stands out: the largest difference, “${widest.name}” ${gap} points ${side} the rest, may well be chance with ${examples(widest.count)}.`;
}

/** A range of shares in words, in whole percent. */
export function rangeWords({ low, high }: Interval): string {
  return `${Math.round(low * 100)} to ${Math.round(high * 100)}\u00a0%`;
}

/** What the network makes of one kind of label. */
export interface LabelRow {
  readonly name: string;
  readonly count: number;
  readonly share: number | null;
  readonly range: Interval | null;
}

/** Right labels given back, wrong ones given back, wrong ones seen through. */
export function labelRows({ count, right, truly }: GroupFigures): LabelRow[] {
  const row = (name: string, at: number, hits: readonly number[]): LabelRow => {
    const counted = { right: hits[at] ?? 0, count: count[at] ?? 0 };
    const none = counted.count === 0;
    return {
      name,
      count: counted.count,
      share: none ? null : counted.right / counted.count,
      range: none ? null : wilson(counted),
    };
  };
  return [
    row("right: repeats it", 0, right),
    row("wrong: repeats it", 1, right),
    row("wrong: says the truth", 1, truly ?? []),
  ];
}

/** Does the network believe the wrong labels? A majority counts only where chance alone would hardly make one. */
export function labelVerdict(figures: GroupFigures): string {
  const [, repeated, seenThrough] = labelRows(figures);
  if (!repeated?.range || !seenThrough?.range) return "No training label judged here is wrong.";
  const { count } = repeated;
  const of = count === 1 ? "the one wrong label" : `${count} wrong labels`;
  const hits = figures.right[1] as number;
  const truths = figures.truly?.[1] ?? 0;
  if (repeated.range.low > 0.5) {
    return `Learned by heart: it gives back ${hits} of ${of} (likely ${rangeWords(repeated.range)}) and the true class for ${truths}.`;
  }
  if (seenThrough.range.low > 0.5) {
    return `Not taken in: it gives the true class for ${truths} of ${of} (likely ${rangeWords(seenThrough.range)}) and the wrong label back for ${hits}.`;
  }
  return `Undecided: of ${of} it gives ${hits} back and the true class for ${truths}; neither is a clear majority.`;
}
