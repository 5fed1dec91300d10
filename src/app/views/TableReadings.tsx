// How a table's file was read, each reading in a list in which it can be changed.
import type { ChoiceField } from "../../experiment/fields";
import { type Experiment, fieldEntry } from "../../experiment/schema";
import type { TableSummary } from "../../worker/protocol";
import type { ReadingName } from "../engine/ownTable";
import table from "./table.module.css";

type Data = Experiment["data"];

interface Props {
  readonly summary: TableSummary;
  /** The settings that it was read with. */
  readonly read: Data;
  readonly onChange: (changes: Partial<Pick<Data, ReadingName>>) => void;
}

/** Readings of the file as a whole, in the order in which they are asked for. */
type Choice = "separator" | "header" | "decimal" | "encoding" | "spellings" | "missing";

/** What was found, by the value that a setting has for it; null where the file does not tell. */
function foundOf({ dialect }: TableSummary): Partial<Record<Choice, string | null>> {
  return {
    separator: dialect.separator,
    header: dialect.header ? "names" : "values",
    decimal: dialect.decimal,
    encoding: dialect.encoding,
  };
}

function isAsked(choice: Choice, { columns, spellings }: TableSummary): boolean {
  if (choice === "missing") return columns.some(({ missing }) => missing > 0);
  return choice !== "spellings" || spellings;
}

export function TableReadings({ summary, read, onChange }: Props) {
  const found = foundOf(summary);
  const choices: readonly Choice[] = [
    ...(["header", "separator", "decimal", "encoding"] as const),
    ...(["spellings", "missing"] as const),
  ];
  return (
    <div className={table.readings} data-testid="table-readings">
      {choices
        .filter((choice) => isAsked(choice, summary))
        .map((choice) => (
          <Reading
            key={choice}
            choice={choice}
            value={read[choice]}
            found={found[choice]}
            onChange={(value) => onChange({ [choice]: value })}
          />
        ))}
    </div>
  );
}

interface ReadingProps {
  readonly choice: Choice;
  readonly value: string;
  readonly found: string | null | undefined;
  readonly onChange: (value: string) => void;
}

function Reading({ choice, value, found, onChange }: ReadingProps) {
  const field = fieldEntry(`data.${choice}`).field as ChoiceField;
  const isFound = value === "found";
  const foundLabel = field.choices.find((entry) => entry.value === found)?.label;
  // What is found stands once: as itself while it is in force, beside "As found" where something else was chosen.
  const offered = field.choices.filter((entry) => !isFound || entry.value !== found);
  return (
    <label>
      {field.label}
      <select
        value={value}
        data-changed={value === field.default ? undefined : ""}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {offered.map((entry) => (
          <option key={entry.value} value={entry.value}>
            {entry.value === "found" && isFound ? (foundLabel ?? found ?? "None") : entry.label}
          </option>
        ))}
      </select>
    </label>
  );
}
