// One change to try: the preset's from the start, then what the diagnosis asks for; only what acts is offered.
import { useEffect, useState } from "react";
import { lowerFirst } from "../../experiment/difference";
import { formatValue } from "../../experiment/format";
import { type ActingChanges, allAct, type Changes, completeChanges } from "../../experiment/inert";
import type { Suggestion } from "../../experiment/presets";
import { type Experiment, fieldEntry, getValue, sameValue } from "../../experiment/schema";
import { useEngine } from "../engine/context";
import { cureOf } from "../logic/diagnosis/cures";
import type { Finding, Moment } from "../logic/diagnosis/types";
import { useRun } from "../store/run";
import { useSettings } from "../store/settings";
import ui from "../ui/ui.module.css";
import styles from "./meaning.module.css";

interface Props {
  readonly moment: Moment;
  readonly finding: Finding;
}

/** What the card shows: a change to make, or the one that was made. */
interface Offer {
  readonly text: string;
  readonly changes: Changes;
  readonly applied: boolean;
  readonly needed: ActingChanges["needed"];
  /** The weights must start anew for it to help. */
  readonly restart: boolean;
}

/** A change that was made here, with the values from before. */
interface Made {
  readonly text: string;
  readonly changes: Changes;
  readonly before: Changes;
  /** When it was made. */
  readonly epoch: number;
}

/** True where a preset's own suggestion answers the finding; "overfitting" stands for all that comes before it. */
function answers({ against = "overfitting" }: Suggestion, { symptom }: Finding): boolean {
  if (symptom === "untrained" || symptom === "not started" || symptom === "learning") return true;
  if (against === "underfitting") return symptom === "underfitting" || symptom === "still learning";
  return ["overfitting", "gap opening", "gap open", "gap growing", "still learning"].includes(
    symptom,
  );
}

const isSet = (experiment: Experiment, changes: Changes) =>
  changes.every(([path, value]) => sameValue(getValue(experiment, path), value)) &&
  allAct(experiment, changes);

/** The one change to show: the preset's where it answers the finding, else the finding's own, else the one made last. */
function offerFor(
  finding: Finding,
  experiment: Experiment,
  suggestion: Suggestion | undefined,
  made: Made | null,
): Offer | null {
  const restart = finding.restart === true;
  if (suggestion && answers(suggestion, finding) && !isSet(experiment, suggestion.changes)) {
    const complete = completeChanges(experiment, suggestion.changes);
    // What cannot act in this experiment is not suggested.
    if (complete) return { text: suggestion.text, ...complete, applied: false, restart };
  }
  const cure = cureOf(finding, experiment);
  if (cure) return { ...cure, applied: false, needed: null, restart };
  if (restart) return { text: "", changes: [], applied: false, needed: null, restart };
  const known = made ?? suggestion;
  if (!known || !isSet(experiment, known.changes)) return null;
  const { text, changes } = known;
  return { text, changes, applied: true, needed: null, restart };
}

export function SuggestionCard({ moment, finding }: Props) {
  const experiment = useSettings((settings) => settings.experiment);
  const reference = useSettings((settings) => settings.reference);
  const suggestion = useSettings((settings) => settings.preset?.suggestion);
  const ended = useRun(({ state }) => state === "finished");
  const engine = useEngine();
  const [made, setMade] = useState<Made | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    if (!ended) setRefusal(null);
  }, [ended]);
  const justMade = made !== null && isSet(experiment, made.changes) && !hadTime(moment, made);
  const offer = justMade
    ? { ...made, applied: true, needed: null, restart: false }
    : offerFor(finding, experiment, suggestion, made);
  if (!offer) return null;
  const { text, changes, applied, needed, restart } = offer;
  const pending = changes.filter(([path, value]) => !sameValue(getValue(experiment, path), value));
  const shown = applied ? changes : pending;
  const live = shown.every(([path]) => fieldEntry(path).field.effect === "live");
  const untrained = moment.row < 1;
  const goesOn = ended && live && !restart;
  const valuesIn = (held: Experiment): Changes =>
    changes.map(([path]) => [path, getValue(held, path)] as const);
  const apply = async () => {
    const before = pending.map(([path]) => [path, getValue(experiment, path)] as const);
    // More epochs are themselves the training on.
    const prolongs = pending.some(([path]) => path === "optimizer.epochs");
    const refused = useSettings.getState().change(pending);
    setRefusal(refused);
    if (refused !== null) return;
    setMade({ text, changes, before, epoch: moment.columns.epoch[moment.row] ?? 0 });
    if (restart && live) await engine.startOver();
    else if (goesOn && prolongs) await engine.toggleTraining();
    else if (goesOn) setRefusal(await engine.trainOn());
  };
  const undo = () => {
    setRefusal(null);
    useSettings.getState().change(made?.before ?? valuesIn(reference));
    setMade(null);
  };
  const hint = live
    ? "Press Train and watch the gap open; then try this."
    : "Train first, then try this.";
  const verb = goesOn ? "Apply & train on" : restart && live ? "Apply & start over" : "Apply";
  return (
    <section className={styles.suggestion} aria-label="Suggestion" data-testid="suggestion">
      <h2>{title(applied, untrained, finding)}</h2>
      {text !== "" || untrained ? (
        <p>
          {untrained ? (applied ? pressTrain : hint) : text}
          {needed && !applied ? ` ${because(needed)}` : ""}
        </p>
      ) : null}
      <div className={styles.apply}>
        <ChangeList changes={shown} from={applied ? null : experiment} />
        <button
          type="button"
          className={`${ui.button} ${applied || untrained ? "" : ui.strong}`}
          onClick={applied ? undo : () => void apply()}
        >
          {applied ? "Undo" : shown.length === 0 ? "Start over" : verb}
        </button>
        {live || applied || untrained ? null : <small>starts a new run</small>}
      </div>
      {refusal !== null ? <p role="alert">{refusal}</p> : null}
    </section>
  );
}

/** Share of the run for which a change is left alone before another is suggested. */
const timeToWork = 0.1;

/** False until the change had time to show what it does; a new run begins at 0 again. */
function hadTime({ totalEpochs, columns, row }: Moment, { epoch }: Made): boolean {
  const now = columns.epoch[row] ?? 0;
  return (now >= epoch ? now - epoch : now) > timeToWork * totalEpochs;
}

/** Why a change is among the suggested ones that the text does not speak of. */
function because({ path, reason }: NonNullable<ActingChanges["needed"]>): string {
  return `${fieldEntry(path).field.label} has ${reason.charAt(0).toLowerCase()}${reason.slice(1)}, so that is changed too.`;
}

const pressTrain = "Applied. Press Train to see what it does.";

function title(applied: boolean, untrained: boolean, { tone }: Finding): string {
  if (applied) return untrained ? "Ready to try" : "Now watch the curves";
  if (untrained) return "What to do here";
  return tone === "warning" ? "Try this" : "To try next";
}

interface ChangesProps {
  readonly changes: Changes;
  /** The settings that they would change; null where they are in force. */
  readonly from: Experiment | null;
}

/** One change is a word, several are a list: name at the left, value at the right. */
function ChangeList({ changes, from }: ChangesProps) {
  const rows = changes.map(([path, value]) => {
    const { field } = fieldEntry(path);
    const next = formatValue(field, value);
    const values = from ? `${formatValue(field, getValue(from, path))} → ${next}` : next;
    return { path, label: field.label, values, words: `${lowerFirst(field.label)} ${values}` };
  });
  if (rows.length === 0) return <span />;
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
