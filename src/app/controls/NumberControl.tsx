// A number: a slider that snaps, and the value as a field to type in.
import type { CSSProperties, KeyboardEvent } from "react";
import type { NumberField } from "../../experiment/fields";
import { formatValue } from "../../experiment/format";
import type { FieldPath } from "../../experiment/schema";
import { nextStop, toPosition, toValue } from "../logic/scale";
import { Range } from "../ui/Range";
import styles from "./controls.module.css";
import { messageId, Row } from "./Row";
import { useEntry } from "./useEntry";
import { type Setting, useSetting } from "./useSetting";

type NumberSetting = Setting<NumberField, number>;

export function NumberControl({ path }: { readonly path: FieldPath }) {
  const setting = useSetting<NumberField, number>(path);
  const entry = useEntry(setting, shownValue(setting));
  const id = `setting-${path}`;
  const input = (
    <input
      id={id}
      className={styles.value}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      value={entry.text}
      aria-invalid={entry.message !== null}
      {...(entry.message ? { "aria-describedby": messageId(path) } : {})}
      onFocus={(event) => {
        entry.begin();
        event.currentTarget.select();
      }}
      onChange={(event) => entry.type(event.currentTarget.value)}
      onBlur={entry.apply}
      onKeyDown={entry.onKeyDown}
    />
  );
  return (
    <Row setting={setting} labelFor={id} end={input} message={entry.message}>
      <Slider setting={setting} />
    </Row>
  );
}

/** Whole numbers are counted, not measured: 1000, not 1e3. */
function shownValue({ field, value }: NumberSetting): string {
  return field.type === "integer" ? String(value) : formatValue(field, value);
}

/** Positions of the slider: fine enough for every pixel. */
const positions = 1000;

const directions: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
};

function Slider({ setting }: { readonly setting: NumberSetting }) {
  const { field, value, path, change } = setting;
  const position = toPosition(field, value);
  const set = (next: number) => {
    if (next !== value) change(next);
  };
  // Arrows go from stop to stop: the thousand positions between them are for the hand.
  const step = (event: KeyboardEvent<HTMLInputElement>) => {
    const direction = directions[event.key];
    if (!direction) return;
    event.preventDefault();
    set(nextStop(field, value, direction));
  };
  return (
    <Range
      id={`slider-${path}`}
      className={styles.slider}
      min={0}
      max={positions}
      value={Math.round(position * positions)}
      style={{ "--fill": `${position * 100}%` } as CSSProperties}
      aria-label={`${field.label}, slider`}
      aria-valuetext={shownValue(setting)}
      onMove={(place) => set(toValue(field, place / positions))}
      onKeyDown={step}
    />
  );
}
