// One of a few names: side by side where there is room for all, else a list.
import type { ChoiceField } from "../../experiment/fields";
import { choiceHelp } from "../../experiment/help";
import type { FieldPath } from "../../experiment/schema";
import { DownIcon } from "../ui/icons";
import styles from "./controls.module.css";
import { labelId, Row } from "./Row";
import { type Setting, useSetting } from "./useSetting";

type ChoiceSetting = Setting<ChoiceField, string>;

/** Most choices, and most letters of all together, that fit side by side. */
const mostSegments = 4;
const mostLetters = 34;

function fitsSideBySide({ choices }: ChoiceField): boolean {
  const letters = choices.reduce((sum, choice) => sum + choice.label.length, 0);
  return choices.length <= mostSegments && letters <= mostLetters;
}

export function ChoiceControl({ path }: { readonly path: FieldPath }) {
  const setting = useSetting<ChoiceField, string>(path);
  return fitsSideBySide(setting.field) ? (
    <Segments setting={setting} />
  ) : (
    <List setting={setting} />
  );
}

function Segments({ setting }: { readonly setting: ChoiceSetting }) {
  const { path, field, value, change } = setting;
  return (
    <Row setting={setting}>
      <div
        className={styles.segments}
        role="radiogroup"
        id={`setting-${path}`}
        aria-labelledby={labelId(path)}
      >
        {field.choices.map((choice) => (
          <label key={choice.value} title={choiceHelp[path]?.[choice.value]}>
            <input
              type="radio"
              name={path}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => change(choice.value)}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </Row>
  );
}

function List({ setting }: { readonly setting: ChoiceSetting }) {
  const { path, field, value, change } = setting;
  const id = `setting-${path}`;
  const list = (
    <div className={styles.select}>
      <select id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        {field.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <DownIcon />
    </div>
  );
  return <Row setting={setting} labelFor={id} end={list} />;
}
