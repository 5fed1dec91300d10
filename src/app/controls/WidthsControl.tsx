// The network as a row of boxes, inputs to outputs: a hidden layer's box is where its width is typed.
import { type KeyboardEvent, useState } from "react";
import { isConvolutional, layerSizes } from "../../experiment/bounds";
import type { ChoiceField, WidthsField } from "../../experiment/fields";
import { formatValue } from "../../experiment/format";
import { type FieldPath, fieldEntry } from "../../experiment/schema";
import { describeTask } from "../../experiment/tasks";
import { useSettings } from "../store/settings";
import styles from "./controls.module.css";
import { labelId, messageId, Row } from "./Row";
import { type Setting, useSetting } from "./useSetting";

type WidthsSetting = Setting<WidthsField, readonly number[]>;

export function WidthsControl({ path }: { readonly path: FieldPath }) {
  const setting = useSetting<WidthsField, readonly number[]>(path);
  const ends = useEnds(path);
  const [message, setMessage] = useState<string | null>(null);
  const { value: widths } = setting;
  const apply = (next: readonly (number | string)[]) =>
    setMessage(setting.change(next as readonly number[]));
  return (
    <Row setting={setting} end={<Stepper setting={setting} apply={apply} />} message={message}>
      <fieldset
        className={styles.layers}
        id={`setting-${path}`}
        aria-labelledby={labelId(path)}
        {...(message ? { "aria-describedby": messageId(path) } : {})}
      >
        {ends.before ? <FixedLayer {...ends.before} /> : null}
        {widths.map((width, index) => (
          <HiddenLayer
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer's place is its name
            key={index}
            index={index}
            widths={widths}
            width={width}
            apply={apply}
            word={ends.word}
          />
        ))}
        {ends.after ? (
          <>
            <span aria-hidden="true">→</span>
            <FixedLayer {...ends.after} />
          </>
        ) : null}
      </fieldset>
    </Row>
  );
}

interface End {
  readonly units: number | string;
  readonly name: string;
}

interface Ends {
  /** What stands before and after the boxes of this setting. */
  readonly before: End | null;
  readonly after: End | null;
  /** What a box holds, for screen readers. */
  readonly word: string;
}

/** Blocks begin with the picture; dense layers end with the outputs, and begin with the inputs where no blocks do. */
function useEnds(path: FieldPath): Ends {
  const experiment = useSettings((settings) => settings.experiment);
  const task = describeTask(experiment.data);
  if (path === "model.filters") {
    const [height, width] = task.inputShape;
    return {
      before: { units: `${height}×${width}`, name: "picture" },
      after: null,
      word: "Filters of block",
    };
  }
  const blocks = isConvolutional(experiment) && experiment.model.filters.length > 0;
  const handedOn = layerSizes(experiment).find(({ kind }) => kind === "dense")?.inputs;
  const head = experiment.model.head === "mean" ? "means" : "values";
  return {
    before: { units: handedOn ?? task.inputSize, name: blocks ? head : "in" },
    after: { units: task.outputs, name: "out" },
    word: "Units in hidden layer",
  };
}

function FixedLayer({ units, name }: End) {
  return (
    <span className={`${styles.layer} ${styles.fixed}`}>
      <b>{units}</b>
      <small>{name}</small>
    </span>
  );
}

interface HiddenLayerProps {
  readonly index: number;
  readonly width: number;
  readonly widths: readonly number[];
  readonly apply: (widths: readonly (number | string)[]) => void;
  readonly word: string;
}

function HiddenLayer({ index, width, widths, apply, word }: HiddenLayerProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const activation = useSettings(({ experiment }) => experiment.model.activation);
  const { field } = fieldEntry("model.activation") as { field: ChoiceField };
  const commit = () => {
    if (draft === null) return;
    setDraft(null);
    const text = draft.trim();
    // An emptied box takes its layer away.
    const next = text === "" || text === "0" ? [] : [/^\d+$/.test(text) ? Number(text) : text];
    if (text !== String(width))
      apply(widths.toSpliced(index, 1, ...next.map((entry) => entry as number)));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape") setDraft(null);
  };
  return (
    <>
      <span aria-hidden="true">→</span>
      <span className={styles.layer}>
        <input
          type="text"
          inputMode="numeric"
          autoComplete="off"
          aria-label={`${word} ${index + 1}`}
          value={draft ?? width}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        <small>{formatValue(field, activation)}</small>
      </span>
    </>
  );
}

interface StepperProps {
  readonly setting: WidthsSetting;
  readonly apply: (widths: readonly number[]) => void;
}

function Stepper({ setting: { field, value: widths }, apply }: StepperProps) {
  const next = widths.at(-1) ?? Math.min(field.maximum, 32);
  return (
    <div className={styles.stepper}>
      <button
        type="button"
        aria-label={`${field.label}: remove the last`}
        title={`${field.label}: remove the last`}
        disabled={widths.length === 0}
        onClick={() => apply(widths.slice(0, -1))}
      >
        −
      </button>
      <button
        type="button"
        aria-label={`${field.label}: add one`}
        title={`${field.label}: add one`}
        disabled={widths.length >= field.maximumLayers}
        onClick={() => apply([...widths, next])}
      >
        +
      </button>
    </div>
  );
}
