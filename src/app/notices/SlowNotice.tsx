// Says that only plain JavaScript computes here, why, and which experiments it trains while one watches. Loaded where it is so.
import { useState } from "react";
import { isLight } from "../../experiment/light";
import { presets } from "../../experiment/presets";
import { backendTitles } from "../header/backends";
import { useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { CloseIcon } from "../ui/icons";
import ui from "../ui/ui.module.css";
import styles from "./notices.module.css";

/** Experiments that are offered; more would push the page away. */
const offered = ["moons-overfit", "spiral-dropout", "digits-cnn"];
const light = presets.filter(
  ({ name, experiment }) => offered.includes(name) && isLight(experiment),
);

export default function SlowNotice() {
  const report = useRun((run) => run.backend);
  const small = useSettings(({ experiment }) => isLight(experiment));
  const [dismissed, setDismissed] = useState(false);
  if (!report || dismissed) return null;
  const reasons = report.candidates.filter(({ name, reason }) => name !== "cpu" && reason);
  return (
    <div className={styles.notice} role="status" data-testid="slow">
      <div className={styles.words}>
        <b>Plain JavaScript computes here, which is slow. </b>
        {small
          ? "Small experiments such as this one train at a pace that can be watched."
          : "This experiment would take very long; these train within about a minute:"}
        <details>
          <summary>Why nothing faster is used</summary>
          <ul>
            {reasons.map(({ name, reason }) => (
              <li key={name}>{`${backendTitles[name]}: ${reason}`}</li>
            ))}
          </ul>
        </details>
      </div>
      {small
        ? null
        : light.map((preset) => (
            <button
              key={preset.name}
              type="button"
              className={ui.button}
              onClick={() => useSettings.getState().load(preset)}
            >
              {preset.title}
            </button>
          ))}
      <button
        type="button"
        className={styles.close}
        aria-label="Dismiss"
        onClick={() => setDismissed(true)}
      >
        <CloseIcon />
      </button>
    </div>
  );
}
