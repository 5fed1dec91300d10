// How often the network is right in each group of examples: wrong labels, rare classes, the categories of a table.
import { type ReactNode, useRef } from "react";
import type { DatasetSummary, GroupFigures, Grouping } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import { count, percent, points } from "../logic/figures";
import {
  type GroupRow,
  groupName,
  groupRows,
  groupVerdict,
  labelRows,
  labelVerdict,
  rangeWords,
} from "../logic/groups";
import { history } from "../store/run";
import { AsOfNow } from "./AsOfNow";
import styles from "./groups.module.css";
import { NoReport } from "./Judged";
import views from "./views.module.css";

interface Props {
  readonly dataset: DatasetSummary;
  readonly grouping: Grouping;
  /** The control that chose it. */
  readonly chooser: ReactNode;
}

export function GroupsView({ dataset, grouping, chooser }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useWatched("groups", box, 300);
  const figures = history.latest("groups")?.[dataset.groupings?.indexOf(grouping) ?? -1];
  return (
    <div className={views.body} ref={box} data-testid="groups">
      {chooser}
      {figures ? <Figures dataset={dataset} grouping={grouping} figures={figures} /> : <NoReport />}
    </div>
  );
}

interface FiguresProps {
  readonly dataset: DatasetSummary;
  readonly grouping: Grouping;
  readonly figures: GroupFigures;
}

function Figures({ dataset, grouping, figures }: FiguresProps) {
  const names = grouping.names.map((_, at) => groupName(grouping, at, dataset.classNames));
  const rows = groupRows(names, figures);
  const labels = grouping.kind === "labels";
  return (
    <>
      <p className={views.hint} data-testid="groups-verdict">
        {labels ? labelVerdict(figures) : groupVerdict(rows)}
        <AsOfNow />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach that */}
      <section className={styles.box} tabIndex={0} aria-label="Accuracy per group">
        {labels ? <LabelTable figures={figures} /> : <GroupTable rows={rows} />}
      </section>
      <p className={views.hint} data-testid="groups-words">
        {labels ? null : <Judged dataset={dataset} figures={figures} />}
        {labels
          ? "Training examples. "
          : grouping.kind === "frequency"
            ? `${trainingWords(grouping)} `
            : null}
        Likely: where the share may well lie with endless examples of the kind (95 %, Wilson).
        {labels ? null : " Bold: more than chance among so many groups."}
      </p>
    </>
  );
}

/** How many validation examples the figures stand on. */
function Judged({ dataset, figures }: Pick<FiguresProps, "dataset" | "figures">) {
  const judged = figures.count.reduce((sum, held) => sum + held, 0);
  const all = dataset.counts.validation;
  const which = judged < all ? `the first ${count(judged)} of ${count(all)}` : count(all);
  return `Validation, ${which} examples. `;
}

/** "Training has 12 to 30 examples of each frequent class, 3 to 5 of each rare one." */
function trainingWords({ classes, counts }: Extract<Grouping, { kind: "frequency" }>): string {
  const range = (kinds: readonly number[]) => {
    const held = kinds.map((kind) => counts[kind] as number);
    const [low, high] = [Math.min(...held), Math.max(...held)];
    return low === high ? count(low) : `${count(low)} to ${count(high)}`;
  };
  const [frequent, rare] = [classes[0] ?? [], classes.at(-1) ?? []];
  return `Training has ${range(frequent)} examples of each frequent class, ${range(rare)} of each rare one.`;
}

/** Head of the column of ranges, in both tables. */
const likely = (
  <th scope="col" title="Where that share may well lie: Wilson's 95 % interval">
    likely
  </th>
);

function GroupTable({ rows }: { readonly rows: readonly GroupRow[] }) {
  return (
    <table className={styles.groups} data-testid="group-figures">
      <caption className="visually-hidden">Share of right answers in every group</caption>
      <thead>
        <tr>
          <th scope="col">group</th>
          <th scope="col" title="Examples judged">
            n
          </th>
          <th scope="col" title="Share of right answers">
            right
          </th>
          {likely}
          <th scope="col" title="Percentage points above or below all other groups together">
            points against the rest
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups have fixed places, and may share a name
          <tr key={at}>
            <th scope="row" title={row.name}>
              {row.name}
            </th>
            <td>{count(row.count)}</td>
            <td>{percent(row.share)}</td>
            <td>{row.range ? rangeWords(row.range) : "–"}</td>
            <td>
              <Difference row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Difference({ row: { difference, clear } }: { readonly row: GroupRow }) {
  if (difference === null) return "–";
  const text = `${difference > 0 ? "+" : ""}${points(difference)}`;
  return clear ? <b>{text}</b> : <span title="This may well be chance">{text} chance?</span>;
}

function LabelTable({ figures }: { readonly figures: GroupFigures }) {
  return (
    <table className={styles.groups} data-testid="group-figures">
      <caption className="visually-hidden">
        What the network says of training examples with right and with wrong labels
      </caption>
      <thead>
        <tr>
          <th scope="col">training label</th>
          <th scope="col" title="Training examples judged">
            n
          </th>
          <th scope="col" title="Share of these examples">
            share
          </th>
          {likely}
        </tr>
      </thead>
      <tbody>
        {labelRows(figures).map(({ name, count: held, share, range }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{count(held)}</td>
            <td>{percent(share)}</td>
            <td>{range ? rangeWords(range) : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
