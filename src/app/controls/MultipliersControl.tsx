// One factor per layer: a small box for each layer that has a kernel, in forward order.
import { type KeyboardEvent, useState } from "react";
import { layerSizes } from "../../experiment/bounds";
import { withoutLastOnes } from "../../experiment/factors";
import type { MultipliersField } from "../../experiment/fields";
import { shortNumber } from "../../experiment/format";
import type { Experiment, FieldPath } from "../../experiment/schema";
import { parseValue } from "../../experiment/values";
import { useSettings } from "../store/settings";
import styles from "./controls.module.css";
import { labelId, messageId, Row } from "./Row";
import { useSetting } from "./useSetting";

/** The layers with kernels by the names that the page gives them. */
function layerNames(experiment: Experiment): readonly string[] {
  const sizes = layerSizes(experiment);
  const blocks = sizes.filter(({ kind }) => kind === "convolution").length;
  return sizes.map(({ hidden }, index) => {
    if (!hidden) return "out";
    return index < blocks ? `block ${index + 1}` : `hidden ${index - blocks + 1}`;
  });
}

export function MultipliersControl({ path }: { readonly path: FieldPath }) {
  const setting = useSetting<MultipliersField, readonly number[]>(path);
  const experiment = useSettings((settings) => settings.experiment);
  const [message, setMessage] = useState<string | null>(null);
  const names = layerNames(experiment);
  const { value: factors, field } = setting;
  const apply = (index: number, text: string) => {
    const read = text.trim() === "" ? [1] : parseValue(field, text.replace(",", "."));
    const [factor = 1] = (Array.isArray(read) ? read : [text]) as number[];
    const all = names.map((_, place) => (place === index ? factor : (factors[place] ?? 1)));
    setMessage(setting.change(withoutLastOnes(all)));
  };
  return (
    <Row setting={setting} message={message}>
      <fieldset
        className={`${styles.layers} ${styles.factors}`}
        id={`setting-${path}`}
        aria-labelledby={labelId(path)}
        {...(message ? { "aria-describedby": messageId(path) } : {})}
      >
        {names.map((name, index) => (
          <Factor
            key={name}
            name={name}
            factor={factors[index] ?? 1}
            apply={(text) => apply(index, text)}
          />
        ))}
      </fieldset>
    </Row>
  );
}

interface FactorProps {
  readonly name: string;
  readonly factor: number;
  readonly apply: (text: string) => void;
}

function Factor({ name, factor, apply }: FactorProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = shortNumber(factor);
  const commit = () => {
    if (draft === null) return;
    setDraft(null);
    if (draft.trim() !== shown) apply(draft);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape") setDraft(null);
  };
  return (
    <span className={styles.layer}>
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={`Strength in ${name === "out" ? "the output layer" : name}`}
        value={draft ?? shown}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      <small>{name}</small>
    </span>
  );
}
