// The experiment, group by group: which controls there are is read from the schema, never listed here.
import { type ComponentType, type ToggleEvent, useEffect, useRef, useState } from "react";
import { countParameters } from "../../experiment/bounds";
import { differences } from "../../experiment/difference";
import type { Field } from "../../experiment/fields";
import { inertness } from "../../experiment/inert";
import {
  type FieldEntry,
  type FieldPath,
  fieldEntries,
  type SectionName,
} from "../../experiment/schema";
import { tableFields } from "../../experiment/sections/table";
import { count } from "../logic/figures";
import { useSettings } from "../store/settings";
import { ChoiceControl } from "./ChoiceControl";
import styles from "./controls.module.css";
import { DataControl } from "./DataControl";
import { isFolded, setFolded } from "./folds";
import { InertRow } from "./InertRow";
import { MultipliersControl } from "./MultipliersControl";
import { NumberControl } from "./NumberControl";
import { ScheduleControl } from "./ScheduleControl";
import { WidthsControl } from "./WidthsControl";

type Control = ComponentType<{ readonly path: FieldPath }>;

const groups: readonly { readonly section: SectionName; readonly title: string }[] = [
  // What the page is about comes first, and is on the first screen.
  { section: "regularization", title: "Regularization" },
  { section: "data", title: "Data" },
  { section: "model", title: "Model" },
  { section: "optimizer", title: "Optimizer" },
  { section: "augmentation", title: "Augmentation" },
  { section: "loss", title: "Objective" },
  { section: "averaging", title: "Averaging" },
  { section: "stopping", title: "Stopping" },
];

const controls: Readonly<Record<Field["type"], Control>> = {
  real: NumberControl,
  integer: NumberControl,
  choice: ChoiceControl,
  widths: WidthsControl,
  multipliers: MultipliersControl,
};

/** Settings that deserve more than their type's control. */
const special: { readonly [P in FieldPath]?: Control } = {
  "data.kind": DataControl,
  // What follows from the file and the column to predict is chosen where the table, the points or the pictures are shown.
  "data.points": Elsewhere,
  "data.album": Elsewhere,
  "data.albumClasses": Elsewhere,
  "data.fingerprint": Elsewhere,
  "data.target": Elsewhere,
  "data.columns": Elsewhere,
  "data.answers": Elsewhere,
  "data.missing": Elsewhere,
  ...Object.fromEntries(Object.keys(tableFields).map((name) => [`data.${name}`, Elsewhere])),
  "optimizer.schedule": ScheduleControl,
  "regularization.schedule": ScheduleControl,
};

function Elsewhere() {
  return null;
}

function controlOf({ path, field }: FieldEntry): Control {
  return special[path] ?? controls[field.type];
}

export function ExperimentColumn() {
  const box = useRef<HTMLDivElement>(null);
  useScrollToCorrection(box);
  return (
    <div className={styles.column} ref={box}>
      {groups.map(({ section, title }) => (
        <Group key={section} section={section} title={title} />
      ))}
    </div>
  );
}

/** The first setting that a link had wrong comes into view; its row flashes. */
function useScrollToCorrection(box: React.RefObject<HTMLDivElement | null>): void {
  const path = useSettings(({ corrections }) => corrections.find((entry) => entry.path)?.path);
  useEffect(() => {
    if (!path) return;
    const row = box.current?.querySelector(`[data-setting="${path}"]`);
    row?.scrollIntoView?.({ block: "nearest" });
  }, [box, path]);
}

function Group({ section, title }: { readonly section: SectionName; readonly title: string }) {
  const experiment = useSettings((settings) => settings.experiment);
  const [open, setOpen] = useState(() => !isFolded(section));
  const corrected = useSettings(({ corrections }) =>
    corrections.some(({ path }) => path?.startsWith(`${section}.`)),
  );
  const all = fieldEntries.filter(
    (entry) => entry.section === section && controlOf(entry) !== Elsewhere,
  );
  // What is looked for stays where it is, with the reason why it has no effect.
  const isIdle = ({ path }: FieldEntry) => inertness(experiment, path)?.prominent === false;
  const entries = all.filter((entry) => !isIdle(entry));
  const plain = entries.filter(({ field }) => !field.advanced);
  const advanced = entries.filter(({ field }) => field.advanced);
  const idle = all.filter(isIdle);
  const toggle = ({ currentTarget }: ToggleEvent<HTMLDetailsElement>) => {
    setOpen(currentTarget.open);
    setFolded(section, !currentTarget.open);
  };
  return (
    <section className={styles.group} aria-label={title}>
      <details open={open || corrected} onToggle={toggle}>
        <summary className={styles.head}>
          <h2>{title}</h2>
          {section === "model" ? (
            <span data-testid="parameters">{`${count(countParameters(experiment))} parameters`}</span>
          ) : null}
          <Changed section={section} />
        </summary>
        <div className={styles.settings}>
          <Controls entries={plain} />
          {advanced.length > 0 ? <Folded word="More" entries={advanced} /> : null}
          {idle.length > 0 ? <Folded word="No effect here" entries={idle} /> : null}
        </div>
      </details>
    </section>
  );
}

/** How many settings of a folded group differ from the preset's. */
function Changed({ section }: { readonly section: SectionName }) {
  const changed = useSettings(
    ({ experiment, reference }) =>
      differences(reference, experiment).filter(({ path }) => path.startsWith(`${section}.`))
        .length,
  );
  return changed > 0 ? <span className={styles.count}>{`${changed} changed`}</span> : null;
}

function Controls({ entries }: { readonly entries: readonly FieldEntry[] }) {
  const experiment = useSettings((settings) => settings.experiment);
  return entries.map((entry) => {
    const inert = inertness(experiment, entry.path);
    if (inert) return <InertRow key={entry.path} path={entry.path} inert={inert} />;
    const ControlOfField = controlOf(entry);
    return <ControlOfField key={entry.path} path={entry.path} />;
  });
}

interface FoldedProps {
  readonly word: string;
  readonly entries: readonly FieldEntry[];
}

/** Settings that most experiments leave alone, or that do nothing in this one, named while they are folded away. */
function Folded({ word, entries }: FoldedProps) {
  const corrected = useSettings(({ corrections }) =>
    entries.some((entry) => corrections.some(({ path }) => path === entry.path)),
  );
  const names = entries.map(({ field }) => lowerFirst(field.label)).join(", ");
  return (
    <details className={styles.more} open={corrected}>
      <summary>{`${word}: ${names}`}</summary>
      <div>
        <Controls entries={entries} />
      </div>
    </details>
  );
}

function lowerFirst(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}
