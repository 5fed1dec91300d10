// The experiments to choose from, each with what to look at. Loaded when it is opened.
import { type Preset, presets } from "../../experiment/presets";
import { useSettings } from "../store/settings";
import styles from "./popovers.module.css";

/** @param close closes what it is shown in */
export default function PresetList({ close }: { readonly close: () => void }) {
  const preset = useSettings((settings) => settings.preset);
  return (
    <nav className={styles.menu} aria-label="Experiments">
      {presets.map((entry) => (
        <PresetItem key={entry.name} preset={entry} current={entry === preset} close={close} />
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
