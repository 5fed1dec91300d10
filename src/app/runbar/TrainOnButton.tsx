// Goes on after the end of a run, from the present weights.
import { useState } from "react";
import { useEngine } from "../engine/context";
import { count } from "../logic/figures";
import { useRun } from "../store/run";
import { useSettings } from "../store/settings";
import ui from "../ui/ui.module.css";
import styles from "./runbar.module.css";

/** After the end it takes the place of the two buttons for single steps, which have nothing to do then. */
export function TrainOnButton() {
  const engine = useEngine();
  const [refusal, setRefusal] = useState<string | null>(null);
  const total = useSettings(({ experiment }) => experiment.optimizer.epochs);
  const left = useRun(({ epoch }) => (epoch < total - 1e-9 ? total - Math.round(epoch) : total));
  const words = `Train on from here, with the present settings: ${count(left)} more epochs (T)`;
  return (
    <button
      type="button"
      className={`${ui.button} ${styles.on}`}
      data-testid="train-on"
      aria-keyshortcuts="T"
      title={refusal ?? words}
      aria-description={refusal ?? words}
      onClick={async () => setRefusal(await engine.trainOn())}
    >
      Train on
    </button>
  );
}
