// What others found with a preset's experiment, and what this run finds, side by side.
import { differences } from "../../experiment/difference";
import type { Moment } from "../logic/diagnosis/types";
import { knownHere } from "../logic/known";
import { useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import styles from "./meaning.module.css";

const captions = {
  sparsity: "weights near zero in % (test accuracy)",
  gap: "train / test / gap",
} as const;

/** Nothing where the run is not the preset's: figures of other experiments would compare nothing. */
export function KnownCard({ moment }: { readonly moment: Moment }) {
  const preset = useSettings((settings) => settings.preset);
  const experiment = useRun((run) => run.experiment);
  const test = useRun((run) => run.test);
  if (!preset?.known || !experiment) return null;
  const changed = differences(preset.experiment, experiment).some(({ path }) => path !== "seed");
  if (changed) return null;
  const { quantity, found } = preset.known;
  const here = knownHere(quantity, moment, test);
  return (
    <Panel title="Found by others" aside={null} testId="known">
      <div className={styles.body}>
        <table className={ui.figures}>
          <caption className={styles.known}>
            {captions[quantity]}
            {here.tested ? "" : "; here with validation until the test set is opened"}
          </caption>
          <tbody>
            {found.map(([source, figures]) => (
              <tr key={source}>
                <th scope="row">{source}</th>
                <td>{figures}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">this run</th>
              <td data-testid="known-here">
                <b>{here.text}</b>
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
