// The one change that a preset suggests: announced from the start, offered once the gap is open.
import { useEffect, useState } from "react";
import { lowerFirst } from "../../experiment/difference";
import { formatValue } from "../../experiment/format";
import type { Suggestion } from "../../experiment/presets";
import { type Experiment, fieldEntry, getValue, sameValue } from "../../experiment/schema";
import { useEngine } from "../engine/context";
import { gapIsOpen, type Moment } from "../logic/reading";
import { useRun } from "../store/run";
import { useSettings } from "../store/settings";
import ui from "../ui/ui.module.css";
import styles from "./meaning.module.css";

export function SuggestionCard({ moment }: { readonly moment: Moment }) {
  const suggestion = useSettings((settings) => settings.preset?.suggestion);
  if (!suggestion) return null;
  return <Card suggestion={suggestion} moment={moment} />;
}

interface Props {
  readonly suggestion: Suggestion;
  readonly moment: Moment;
}

function Card({ suggestion: { text, changes }, moment }: Props) {
  const experiment = useSettings((settings) => settings.experiment);
  const reference = useSettings((settings) => settings.reference);
  const applied = changes.every(([path, value]) => sameValue(getValue(experiment, path), value));
  const live = changes.every(([path]) => fieldEntry(path).field.effect === "live");
  const untrained = moment.row < 1;
  const hint = live
    ? "Press Train and watch the gap open; then try this."
    : "Train first, then try this.";
  const ended = useRun(({ state }) => state === "finished");
  const engine = useEngine();
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    if (!ended) setRefusal(null);
  }, [ended]);
  const apply = async () => {
    const refused = useSettings.getState().change(changes);
    const goesOn = refused === null && ended && live;
    setRefusal(goesOn ? await engine.trainOn() : refused);
  };
  const undo = () => {
    setRefusal(null);
    useSettings
      .getState()
      .change(changes.map(([path]) => [path, getValue(reference, path)] as const));
  };
  return (
    <section className={styles.suggestion} aria-label="Suggestion" data-testid="suggestion">
      <h2>{title(applied, untrained, gapIsOpen(moment))}</h2>
      <p>{untrained ? (applied ? pressTrain : hint) : text}</p>
      <div className={styles.apply}>
        <Changes changes={changes} from={applied ? null : experiment} />
        <button
          type="button"
          className={`${ui.button} ${applied || untrained ? "" : ui.strong}`}
          onClick={applied ? undo : () => void apply()}
        >
          {applied ? "Undo" : ended && live ? "Apply & train on" : "Apply"}
        </button>
        {live || applied || untrained ? null : <small>begins a new run</small>}
      </div>
      {refusal !== null ? <p role="alert">{refusal}</p> : null}
    </section>
  );
}

const pressTrain = "It is set. Press Train to see what it does.";

function title(applied: boolean, untrained: boolean, open: boolean): string {
  if (applied) return untrained ? "Ready to try" : "Now watch the curves";
  if (untrained) return "What to do here";
  return open ? "A cure to try" : "To try next";
}

interface ChangesProps {
  readonly changes: Suggestion["changes"];
  /** The settings that they would change; null where they are in force. */
  readonly from: Experiment | null;
}

/** One change is a word, several are a list: name at the left, value at the right. */
function Changes({ changes, from }: ChangesProps) {
  const rows = changes.map(([path, value]) => {
    const { field } = fieldEntry(path);
    const next = formatValue(field, value);
    const values = from ? `${formatValue(field, getValue(from, path))} → ${next}` : next;
    return { path, label: field.label, values, words: `${lowerFirst(field.label)} ${values}` };
  });
  if (rows.length === 1) return <b>{rows[0]?.words}</b>;
  return (
    <dl className={styles.changes}>
      {rows.map(({ path, label, values }) => (
        <div key={path}>
          <dt>{label}</dt>
          <dd>{values}</dd>
        </div>
      ))}
    </dl>
  );
}
