// One setting as a control sees it: value, reference, whether it is changed, and the way to change it.
import type { Field, FieldValue } from "../../experiment/fields";
import { type FieldPath, fieldEntry, getValue, sameValue } from "../../experiment/schema";
import { useSettings } from "../store/settings";

export interface Setting<F extends Field = Field, V extends FieldValue = FieldValue> {
  readonly path: FieldPath;
  readonly field: F;
  readonly value: V;
  readonly changed: boolean;
  /** True where the link held a wrong value for it. */
  readonly corrected: boolean;
  /** Changes the value. @returns why it was refused, or null */
  change(value: FieldValue): string | null;
  undo(): void;
}

export function useSetting<F extends Field, V extends FieldValue>(path: FieldPath): Setting<F, V> {
  const value = useSettings((settings) => getValue(settings.experiment, path)) as V;
  const reference = useSettings((settings) => getValue(settings.reference, path));
  const corrected = useSettings((settings) =>
    settings.corrections.some((correction) => correction.path === path),
  );
  const change = (next: FieldValue) => useSettings.getState().change([[path, next]]);
  return {
    path,
    field: fieldEntry(path).field as F,
    value,
    changed: !sameValue(value, reference),
    corrected,
    change,
    undo: () => void change(reference),
  };
}
