// Which classes are taken for which: the confusion matrix with its counts, and precision, recall and F1 of every class.
import { type ReactNode, useRef, useState } from "react";
import { describeTask } from "../../experiment/tasks";
import type { ClassificationReport, DatasetSummary } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import { percent } from "../logic/figures";
import { groupingKey } from "../logic/groups";
import { cellWords } from "../logic/verdicts";
import { useGrouping } from "../store/grouping";
import { history, useRun } from "../store/run";
import { useRoving } from "../ui/roving";
import { AsOfNow } from "./AsOfNow";
import { FoundPictures } from "./FoundPictures";
import { GroupingChooser } from "./GroupingChooser";
import { GroupsView } from "./GroupsView";
import groups from "./groups.module.css";
import { Judged, NoReport } from "./Judged";
import styles from "./report.module.css";
import views from "./views.module.css";

/** More classes than this have their names on end above the columns. */
const mostUpright = 5;
/** Pixels for the names beside the rows. */
const widestName = 76;

/** The classes, or what else the examples can be divided by. */
export function ConfusionView({ dataset }: { readonly dataset: DatasetSummary }) {
  const key = useGrouping((held) => held.key);
  const grouping = dataset.groupings?.find((held) => groupingKey(held) === key);
  const chooser = dataset.groupings?.length ? (
    <GroupingChooser groupings={dataset.groupings} chosen={grouping ?? null} />
  ) : null;
  if (grouping) return <GroupsView dataset={dataset} grouping={grouping} chooser={chooser} />;
  return <ClassConfusion dataset={dataset} chooser={chooser} />;
}

interface ConfusionProps {
  readonly dataset: DatasetSummary;
  readonly chooser: ReactNode;
}

function ClassConfusion({ dataset, chooser }: ConfusionProps) {
  const box = useRef<HTMLDivElement>(null);
  useWatched("report", box, 300);
  const report = history.latest("report");
  const [pointed, setPointed] = useState<readonly [number, number] | null>(null);
  const [opened, setOpened] = useState<readonly [number, number | null] | null>(null);
  const { classNames } = dataset;
  const pictures = useRun(
    ({ experiment }) => experiment !== null && describeTask(experiment.data).view === "pictures",
  );
  const open = pictures ? setOpened : null;
  return (
    <div className={views.body} ref={box} data-testid="confusion">
      {opened && pictures ? (
        <FoundPictures
          truth={opened[0]}
          predicted={opened[1]}
          classNames={classNames}
          onClose={() => setOpened(null)}
        />
      ) : report ? (
        <>
          <div className={groups.line}>
            {chooser}
            <p className={views.hint}>
              <b>{percent(report.accuracy)}</b> of <Judged report={report} dataset={dataset} />{" "}
              right
              {chooser ? null : (
                <>
                  , macro F1 <b>{report.macroF1.toFixed(2)}</b>
                </>
              )}
              .<AsOfNow />
            </p>
          </div>
          <div className={styles.tables} data-few={classNames.length <= mostUpright}>
            <Matrix report={report} classNames={classNames} onPoint={setPointed} onOpen={open} />
            <ClassTable report={report} classNames={classNames} onOpen={open} />
          </div>
          <p className={styles.words} data-testid="confusion-words">
            {pointed
              ? cellWords(report.confusion, pointed[0], pointed[1], classNames)
              : `Validation set. Rows: true class; columns: predicted class; colour: share of the row.${pictures ? " Press a cell or class to see its images." : ""}`}
          </p>
        </>
      ) : (
        <NoReport />
      )}
    </div>
  );
}

interface Props {
  readonly report: ClassificationReport;
  readonly classNames: readonly string[];
  /** Shows the pictures of a cell, or of a class; null where there are none. */
  readonly onOpen: ((cell: readonly [number, number | null]) => void) | null;
}

interface MatrixProps extends Props {
  readonly onPoint: (cell: readonly [number, number] | null) => void;
}

function Matrix({ report: { confusion }, classNames, onPoint, onOpen }: MatrixProps) {
  const classes = confusion.length;
  const { current, setCurrent, onKeyDown } = useRoving(classes * classes, classes);
  const longest = Math.max(...classNames.map(({ length }) => length));
  const onEnd = classes > mostUpright && longest > 2;
  const room = {
    "--classes": classes,
    "--names": `${Math.min(widestName, 6 + 6 * longest)}px`,
  } as React.CSSProperties;
  return (
    <table
      aria-label="Confusion matrix: rows are true classes, columns are predictions"
      className={styles.matrix}
      style={room}
      onKeyDown={onKeyDown}
      onPointerLeave={() => onPoint(null)}
    >
      <thead>
        <tr>
          <td className={styles.corner} />
          {classNames.map((name) => (
            <th key={name} scope="col" className={onEnd ? styles.onEnd : undefined}>
              <span>{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {confusion.map((counts, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: classes have fixed numbers
          <tr key={row}>
            <th scope="row" title={classNames[row]}>
              {classNames[row]}
            </th>
            {counts.map((count, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: classes have fixed numbers
              <td key={column}>
                <button
                  type="button"
                  data-roving
                  tabIndex={current === row * classes + column ? 0 : -1}
                  aria-label={cellWords(confusion, row, column, classNames)}
                  className={row === column ? styles.right : styles.wrong}
                  style={{ "--share": shareOf(count, counts) } as React.CSSProperties}
                  onClick={() => onOpen?.([row, column])}
                  onPointerEnter={() => onPoint([row, column])}
                  onFocus={() => {
                    setCurrent(row * classes + column);
                    onPoint([row, column]);
                  }}
                  onBlur={() => onPoint(null)}
                >
                  {count === 0 ? "·" : count}
                </button>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Depth of a cell's tint: the root of its share of the row, so that single mistakes can be seen. */
function shareOf(count: number, row: readonly number[]): number {
  const support = row.reduce((sum, held) => sum + held, 0);
  return support === 0 ? 0 : Math.round(Math.sqrt(count / support) * 100) / 100;
}

const hundredths = (share: number) => share.toFixed(2).replace(/^0/, "");

function ClassTable({ report, classNames, onOpen }: Props) {
  return (
    <table className={styles.perClass} data-testid="class-figures">
      <caption className="visually-hidden">Precision, recall and F1 of every class</caption>
      <thead>
        <tr>
          <th scope="col" className={styles.name}>
            class
          </th>
          <th scope="col" title="Precision: of those said to be of the class, the share that is">
            prec.
          </th>
          <th scope="col" title="Recall: of those of the class, the share that was found">
            recall
          </th>
          <th scope="col" title="F1: harmonic mean of precision and recall">
            F1
          </th>
          <th scope="col" title="Examples of the class">
            n
          </th>
        </tr>
      </thead>
      <tbody>
        {report.perClass.map(({ precision, recall, f1, support }, kind) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: classes have fixed numbers
          <tr key={kind}>
            <th scope="row" className={styles.name}>
              {onOpen ? (
                <button
                  type="button"
                  className={styles.classButton}
                  title={`Pictures of ${classNames[kind]}`}
                  onClick={() => onOpen([kind, null])}
                >
                  {classNames[kind]}
                </button>
              ) : (
                classNames[kind]
              )}
            </th>
            <td>{hundredths(precision)}</td>
            <td>{hundredths(recall)}</td>
            <td>{hundredths(f1)}</td>
            <td>{support}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr title="Plain mean over the classes (macro)">
          <th scope="row" className={styles.name}>
            mean
          </th>
          <td>{hundredths(report.macroPrecision)}</td>
          <td>{hundredths(report.macroRecall)}</td>
          <td data-testid="macro-f1">{hundredths(report.macroF1)}</td>
          <td>{report.count}</td>
        </tr>
      </tfoot>
    </table>
  );
}
