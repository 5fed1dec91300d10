// The figures of one moment, the same rows whatever happens, so that the eye knows where to look.

import { lastAtMost } from "../logic/decimate";
import { epochText, figure, percent, points } from "../logic/figures";
import { bestRow, gapAt, type Moment } from "../logic/reading";
import { usePage } from "../store/page";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import styles from "./meaning.module.css";

type Line = readonly [name: string, value: string, testId: string];

function lines({ columns, row, type }: Moment): readonly Line[] {
  const at = (column: readonly number[]) => column[row];
  const best = bestRow(columns.validationLoss, row);
  const classes = type === "classification";
  const bestEpoch = columns.epoch[best];
  const part = (accuracy: readonly number[], loss: readonly number[]) =>
    classes ? percent(at(accuracy)) : figure(at(loss));
  return [
    [classes ? "train" : "train loss", part(columns.trainAccuracy, columns.trainLoss), "now-train"],
    [
      classes ? "validation" : "validation loss",
      part(columns.validationAccuracy, columns.validationLoss),
      "now-validation",
    ],
    [
      "gap",
      classes ? points(gapAt(columns, row, type)) : figure(gapAt(columns, row, type)),
      "now-gap",
    ],
    [
      "best val. loss",
      bestEpoch === undefined
        ? "–"
        : `${figure(columns.validationLoss[best])} · epoch ${epochText(Math.round(bestEpoch))}`,
      "now-best",
    ],
    ["learning rate", measured(at(columns.learningRate)), "now-rate"],
    [
      "gradient ‖g‖₂",
      gradientText(at(columns.gradientNorm), at(columns.clippedNorm)),
      "now-gradient",
    ],
    ["‖w‖₂", figure(at(columns.weightNorm)), "now-norm"],
    ["near zero", percent(at(columns.nearZero)), "now-near-zero"],
    ["exactly zero", percent(at(columns.exactZero)), "now-exact-zero"],
  ];
}

/** Before the first step there is neither a rate nor a gradient. */
function measured(value: number | undefined): string {
  return Number.isNaN(value) ? "–" : figure(value);
}

/** Length of the gradient, and where it was clipped also what was left of it. */
function gradientText(norm: number | undefined, clipped: number | undefined): string {
  const cut = norm !== undefined && clipped !== undefined && clipped < 0.999 * norm;
  return cut ? `${figure(norm)} → ${figure(clipped)}` : measured(norm);
}

/** What the less usual rows mean, for the pointer. */
const helps: Readonly<Record<string, string>> = {
  "now-rate": "Learning rate of the last step, after warm-up and schedule",
  "now-gradient":
    "Length of the gradient of all parameters together at the last step; behind an arrow what clipping left of it",
  "now-norm": "Length of all weights together, biases aside",
  "now-near-zero": "Share of all parameters below 1e-3, exact zeros included",
  "now-exact-zero": "Share of all parameters that are exactly 0",
};

/** After an early stop the best weights are back, so the figures are those of the best moment. */
function shownMoment(moment: Moment, scrub: number | null): Moment {
  const { earlyStop, state, columns } = moment;
  if (scrub !== null || state !== "stopped" || !earlyStop) return moment;
  return { ...moment, row: lastAtMost(columns.epoch, earlyStop.bestEpoch + 1e-9) };
}

export function NowTable({ moment: latest }: { readonly moment: Moment }) {
  const scrub = usePage((page) => page.scrub);
  const moment = shownMoment(latest, scrub);
  const epoch = moment.columns.epoch[moment.row];
  const aside = epoch === undefined ? null : `epoch ${epochText(Math.round(epoch * 100) / 100)}`;
  return (
    <Panel title={scrub === null ? "Now" : "Then"} aside={aside}>
      <div className={styles.body}>
        <table className={ui.figures}>
          <tbody>
            {lines(moment).map(([name, value, testId]) => (
              <tr key={testId} title={helps[testId]}>
                <th scope="row">{name}</th>
                <td data-testid={testId}>{moment.row < 0 ? "–" : value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
