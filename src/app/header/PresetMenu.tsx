// Experiments worth opening, each with what to look at.
import { differences } from "../../experiment/difference";
import { formatValue } from "../../experiment/format";
import { type Preset, presets } from "../../experiment/presets";
import { fieldEntry } from "../../experiment/schema";
import { useSettings } from "../store/settings";
import { DownIcon } from "../ui/icons";
import { Popover } from "../ui/Popover";
import styles from "./header.module.css";

export function PresetMenu() {
  const preset = useSettings((settings) => settings.preset);
  const changed = useSettings(
    ({ experiment, reference }) => differences(reference, experiment).length > 0,
  );
  const kind = useSettings(({ experiment }) => experiment.data.kind);
  const name = preset?.title ?? formatValue(fieldEntry("data.kind").field, kind);
  const title = `${name}${changed ? ", changed" : ""}`;
  const button = (
    <>
      <span>{title}</span>
      <DownIcon />
    </>
  );
  return (
    <Popover label={`Experiment: ${title}`} className={styles.preset} button={button} width={380}>
      {(close) => (
        <nav className={styles.menu} aria-label="Experiments">
          {presets.map((entry) => (
            <PresetItem key={entry.name} preset={entry} current={entry === preset} close={close} />
          ))}
        </nav>
      )}
    </Popover>
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
