// The columns of a table: what each holds, what it is used as, and which one is predicted.
import type { AnswerOption, ColumnSummary, TableSummary } from "../../worker/protocol";
import { type ColumnUse, optionFor } from "../engine/ownTable";
import table from "./table.module.css";

type AnswerKind = AnswerOption["kind"];

interface Props {
  readonly summary: TableSummary;
  /** Number of the column that is predicted, from 1; null where none is yet. */
  readonly target: number | null;
  readonly kind: AnswerKind;
  readonly onPredict: (number: number, kind: AnswerKind | null) => void;
  readonly onUse: (number: number, column: ColumnSummary, use: ColumnUse) => void;
}

export function TableColumns({ summary, target, kind, onPredict, onUse }: Props) {
  return (
    <div className={table.box}>
      <table className={table.columns} data-testid="table-preview">
        <thead>
          <tr>
            <th scope="col">predict</th>
            <th scope="col">column</th>
            <th scope="col">read as</th>
            <th scope="col">holds</th>
          </tr>
        </thead>
        <tbody>
          {summary.columns.map((column, place) => {
            const number = place + 1;
            return (
              <ColumnRow
                key={column.name}
                column={column}
                examples={summary.first.map((row) => row[place] ?? "")}
                answer={number === target ? optionFor(summary, number, kind) : null}
                onPredict={(as) => onPredict(number, as)}
                onUse={(use) => onUse(number, column, use)}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly column: ColumnSummary;
  readonly examples: readonly string[];
  /** How it is predicted; null where it is not. */
  readonly answer: AnswerOption | null;
  readonly onPredict: (kind: AnswerKind | null) => void;
  readonly onUse: (use: ColumnUse) => void;
}

function ColumnRow({ column, examples, answer, onPredict, onUse }: RowProps) {
  const { name, content, missing, asTarget, use } = column;
  const able = typeof asTarget !== "string";
  const remarks = [...column.remarks, ...(answer?.remarks ?? [])];
  const out = use === "left out" && !answer;
  return (
    <>
      <tr className={out ? table.out : undefined}>
        <td rowSpan={2}>
          <input
            type="radio"
            name="table-target"
            aria-label={`Predict ${name}`}
            checked={answer !== null}
            disabled={!able}
            title={able ? undefined : `Cannot be predicted: ${asTarget}`}
            onChange={() => onPredict(null)}
          />
        </td>
        <th scope="row">{name}</th>
        <td>
          {answer ? (
            <Choice
              label={`Predict ${name} as`}
              value={answer.kind}
              values={able ? asTarget.map(({ kind }) => kind) : []}
              words={{ classes: `${answer.answers || ""} classes`, number: "number" }}
              onChoose={onPredict}
            />
          ) : (
            <Choice
              label={`Read ${name} as`}
              value={use}
              values={column.uses}
              words={{ number: "number", category: "category", "left out": "left out" }}
              onChoose={onUse}
            />
          )}
        </td>
        <td>
          {content}
          {missing > 0 ? `, ${missing} missing` : ""}
        </td>
      </tr>
      <tr className={table.note}>
        <td colSpan={3}>
          {remarks.map((remark) => (
            <em key={remark}>{remark}</em>
          ))}
          <span>{examples.join(" · ")}</span>
        </td>
      </tr>
    </>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly values: readonly Value[];
  readonly words: Readonly<Record<Value, string>>;
  readonly onChoose: (value: Value) => void;
}

/** A list where there is a choice, else the word alone. */
function Choice<Value extends string>({
  label,
  value,
  values,
  words,
  onChoose,
}: ChoiceProps<Value>) {
  if (values.length < 2) return words[value].trim();
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value as Value)}
    >
      {values.map((entry) => (
        <option key={entry} value={entry}>
          {words[entry].trim()}
        </option>
      ))}
    </select>
  );
}
