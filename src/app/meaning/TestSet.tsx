// The test set stays closed until somebody asks for it, and says why.
import type { PartMetrics } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { epochText, figure, percent } from "../logic/figures";
import { quantity, typicalError, unitWords } from "../logic/target";
import { useRun } from "../store/run";
import { useTarget } from "../store/selectors";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import styles from "./meaning.module.css";

export function TestSet() {
  const engine = useEngine();
  const test = useRun((run) => run.test);
  const possible = useRun(({ phase, step, pending }) => phase === "live" && step > 0 && !pending);
  const busy = useRun((run) => run.revealing);
  return (
    <Panel
      title="Test set"
      aside={test ? `opened at epoch ${epochText(Math.round(test.epoch))}` : null}
    >
      <div className={styles.stack}>
        {test ? <Parts metrics={test} /> : <Explanation />}
        <button
          type="button"
          className={ui.button}
          disabled={!possible || busy}
          onClick={() => void engine.reveal()}
        >
          {busy ? "Evaluating…" : test ? "Measure again" : "Open the test set"}
        </button>
      </div>
    </Panel>
  );
}

function Explanation() {
  return (
    <p>
      Held-out examples that played no part in tuning. Evaluate once, at the end: tuning after
      looking would bias the result.
    </p>
  );
}

const parts = ["train", "validation", "test"] as const;

function Parts({ metrics }: { readonly metrics: Record<(typeof parts)[number], PartMetrics> }) {
  const classes = metrics.test.accuracy !== null;
  const target = useTarget();
  return (
    <table className={ui.figures} data-testid="test-figures">
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">part</span>
          </th>
          <th scope="col">loss</th>
          {classes ? <th scope="col">accuracy</th> : null}
          {target ? (
            <th scope="col" title={`Root of the mean square error, ${unitWords(target)}`}>
              error {unitWords(target)}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part}>
            <th scope="row">{part}</th>
            <td data-testid={`${part}-loss`}>{figure(metrics[part].loss)}</td>
            {classes ? (
              <td data-testid={`${part}-accuracy`}>{percent(metrics[part].accuracy)}</td>
            ) : null}
            {target ? (
              <td data-testid={`${part}-error`}>
                {quantity(typicalError(metrics[part].loss, target))}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
