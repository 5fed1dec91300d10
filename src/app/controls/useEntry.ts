// Typing a value: Enter or leaving the field applies it, Escape drops it, a refused text stays with its message.
import { type KeyboardEvent, useState } from "react";
import type { FieldValue } from "../../experiment/fields";
import { parseValue } from "../../experiment/values";
import type { Setting } from "./useSetting";

export interface Entry {
  readonly text: string;
  readonly message: string | null;
  begin(): void;
  type(text: string): void;
  apply(): void;
  onKeyDown(event: KeyboardEvent<HTMLInputElement>): void;
}

/** Numbers as people type them: spaces between thousands, a true minus sign, shares without "%". */
export function readEntry(setting: Setting, text: string): FieldValue | string {
  const { field } = setting;
  const plain = text.replace(/\s/g, "").replace("−", "-");
  const isShare = "unit" in field && field.unit === "%";
  return parseValue(field, isShare && !plain.endsWith("%") ? `${plain}%` : plain) ?? text;
}

export function useEntry(setting: Setting, shown: string): Entry {
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<{ message: string; shown: string } | null>(null);
  // A value that was changed elsewhere in the meantime makes a refused text obsolete.
  const stale = refusal !== null && refusal.shown !== shown;
  const message = stale ? null : (refusal?.message ?? null);

  function apply(): void {
    if (draft === null) return;
    const same = draft.trim() === shown;
    const reason = same ? null : setting.change(readEntry(setting, draft));
    setRefusal(reason === null ? null : { message: reason, shown });
    if (reason === null) setDraft(null);
  }

  function drop(): void {
    setDraft(null);
    setRefusal(null);
  }

  return {
    text: stale ? shown : (draft ?? shown),
    message,
    begin: () => setDraft((held) => held ?? shown),
    type: setDraft,
    apply,
    onKeyDown(event) {
      if (event.key === "Enter") {
        apply();
        event.currentTarget.select();
      }
      if (event.key === "Escape") drop();
    },
  };
}
