// What every control has around it: label, help, ↺ on a changed value, and a place for the message of a refused entry.
import type { ReactNode } from "react";
import type { Field } from "../../experiment/fields";
import { formatValue } from "../../experiment/format";
import { choiceHelp, help, sources } from "../../experiment/help";
import { type FieldPath, getValue } from "../../experiment/schema";
import { useSettings } from "../store/settings";
import { Popover } from "../ui/Popover";
import styles from "./controls.module.css";
import type { Setting } from "./useSetting";

interface RowProps {
  readonly setting: Setting;
  /** Id of the element that the label names; groups name themselves. */
  readonly labelFor?: string;
  readonly message?: string | null;
  /** What stands at the right end of the label's line. */
  readonly end?: ReactNode;
  readonly children?: ReactNode;
}

export function labelId(path: string): string {
  return `label-${path}`;
}

export function messageId(path: string): string {
  return `message-${path}`;
}

export function Row({ setting, labelFor, message, end, children }: RowProps) {
  const { path, field, changed, corrected } = setting;
  const Label = labelFor ? "label" : "span";
  const classes = [styles.row, changed ? styles.changed : "", corrected ? styles.flash : ""];
  return (
    <div className={classes.join(" ")} data-setting={path} data-changed={changed}>
      <Label
        className={styles.label}
        id={labelId(path)}
        {...(labelFor ? { htmlFor: labelFor } : {})}
      >
        {field.label}
      </Label>
      <Help field={field} path={path} />
      <div className={styles.end}>
        {changed ? <Undo setting={setting} /> : null}
        {end}
      </div>
      {children}
      {message ? (
        <p className={styles.message} id={messageId(path)} role="alert">
          {message}
        </p>
      ) : null}
    </div>
  );
}

function Undo({ setting: { field, path, undo } }: { readonly setting: Setting }) {
  const reference = useSettings((settings) => getValue(settings.reference, path));
  const label = `Back to ${formatValue(field, reference)}: ${field.label}`;
  return (
    <button type="button" className={styles.undo} onClick={undo} aria-label={label} title={label}>
      ↺
    </button>
  );
}

function Help({ field, path }: { readonly field: Field; readonly path: FieldPath }) {
  const ofChoices = choiceHelp[path];
  return (
    <Popover
      label={`Help: ${field.label}`}
      className={styles.help}
      button={<span>?</span>}
      width={290}
    >
      <div className={styles.helpText}>
        <h2>{field.label}</h2>
        <p>{help[path]}</p>
        {field.type === "choice" && ofChoices ? (
          <dl>
            {field.choices.map((choice) => (
              <div key={choice.value}>
                <dt>{choice.label}</dt>
                <dd>{ofChoices[choice.value] ?? " "}</dd>
              </div>
            ))}
          </dl>
        ) : null}
        <small>
          {field.effect === "live"
            ? "Applies at once, also while training."
            : "A change starts a new run."}
        </small>
        {sources[path] ? <small>Source: {sources[path]}</small> : null}
      </div>
    </Popover>
  );
}
