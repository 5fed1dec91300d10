// A setting that changes nothing under the others: dimmed, with the reason and the change that makes it act.
import { useState } from "react";
import { formatValue } from "../../experiment/format";
import type { Inertness } from "../../experiment/inert";
import {
  defaultExperiment,
  type FieldPath,
  fieldEntry,
  getValue,
  sameValue,
} from "../../experiment/schema";
import { useSettings } from "../store/settings";
import styles from "./controls.module.css";
import { messageId, Row } from "./Row";
import { useSetting } from "./useSetting";

interface Props {
  readonly path: FieldPath;
  readonly inert: Inertness;
}

export function InertRow({ path, inert }: Props) {
  const setting = useSetting(path);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { field, value } = setting;
  const isSet = !sameValue(value, getValue(defaultExperiment, path));
  const apply = () => {
    const { change, replaceData } = useSettings.getState();
    const otherData = inert.changes.some(([cause]) => cause === "data.kind");
    const refused = otherData ? replaceData(inert.changes) : change(inert.changes);
    setRefusal(refused);
    // The button goes with the row; whoever pressed it by keyboard goes on at the control.
    if (refused === null) requestAnimationFrame(() => focusControl(path));
  };
  return (
    <div className={styles.inert} data-inert="true">
      <Row setting={setting} message={refusal}>
        <p className={styles.reason}>
          <span>
            {isSet ? `Set to ${formatValue(field, value)}: ` : ""}
            {isSet ? lowerFirst(inert.reason) : inert.reason}.
          </span>
          <button
            type="button"
            className={styles.remedy}
            aria-label={`${inert.label}, so that ${fieldEntry(path).field.label} has an effect`}
            {...(refusal !== null ? { "aria-describedby": messageId(path) } : {})}
            onClick={apply}
          >
            {inert.label}
          </button>
        </p>
      </Row>
    </div>
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function focusControl(path: FieldPath): void {
  document.getElementById(`setting-${path}`)?.focus({ preventScroll: true });
}
