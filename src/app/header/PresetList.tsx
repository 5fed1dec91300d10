// The experiments to choose from in groups, each with what to look at; what needs files is apart. Loaded when it is opened.

import { formatValue } from "../../experiment/format";
import { type Preset, presets } from "../../experiment/presets";
import { fieldEntry } from "../../experiment/schema";
import { describeTask, type Task } from "../../experiment/tasks";
import { useSettings } from "../store/settings";
import styles from "./popovers.module.css";

const generatedGroups: Readonly<Record<Task["view"], string>> = {
  plane: "Points on a plane",
  curve: "A curve",
  table: "Features",
  pictures: "Drawn images",
};

const taskOf = ({ experiment }: Preset) => describeTask(experiment.data);
const dataName = ({ experiment }: Preset) =>
  formatValue(fieldEntry("data.kind").field, experiment.data.kind);

/** Presets by the heading of their group, in the order of the first of each. */
function grouped(origin: Task["origin"], heading: (preset: Preset) => string) {
  const groups = new Map<string, Preset[]>();
  for (const preset of presets) {
    if (taskOf(preset).origin !== origin) continue;
    const name = heading(preset);
    groups.set(name, [...(groups.get(name) ?? []), preset]);
  }
  return [...groups];
}

const generated = grouped("generated", (preset) => generatedGroups[taskOf(preset).view]);
const fromFiles = grouped("files", dataName);

/** @param close closes what it is shown in */
export default function PresetList({ close }: { readonly close: () => void }) {
  const preset = useSettings((settings) => settings.preset);
  return (
    <nav className={styles.menu} aria-label="Experiments">
      {generated.map(([name, entries]) => (
        <section key={name} aria-label={name}>
          <h3>{name}</h3>
          {entries.map((entry) => (
            <PresetItem key={entry.name} preset={entry} current={entry === preset} close={close} />
          ))}
        </section>
      ))}
      <h3>Real images, from files</h3>
      {fromFiles.map(([name, entries]) => (
        <details key={name} open={entries.some((entry) => entry === preset)}>
          <summary>
            {name}: {entries.length} experiments
          </summary>
          {entries.map((entry) => (
            <PresetItem key={entry.name} preset={entry} current={entry === preset} close={close} />
          ))}
        </details>
      ))}
    </nav>
  );
}

interface ItemProps {
  readonly preset: Preset;
  readonly current: boolean;
  readonly close: () => void;
}

function PresetItem({ preset, current, close }: ItemProps) {
  const choose = () => {
    useSettings.getState().load(preset);
    close();
    // Space is what comes next: it shall train, not open the menu again.
    document.getElementById("train")?.focus({ preventScroll: true });
  };
  return (
    <button type="button" aria-current={current} onClick={choose}>
      <b>{preset.title}</b>
      <small>{preset.description}</small>
    </button>
  );
}
