// The figures of one moment, the same rows whatever happens, so that the eye knows where to look.

import { lastAtMost } from "../logic/decimate";
import { bestRow, gapAt } from "../logic/diagnosis/measures";
import type { Moment } from "../logic/diagnosis/types";
import { epochText, figure, percent, points } from "../logic/figures";
import { errorGap, quantity, typicalError, unitWords } from "../logic/target";
import { usePage } from "../store/page";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import styles from "./meaning.module.css";

type Line = readonly [name: string, value: string, testId: string];

/** How well both parts fare: accuracies, losses, or errors in the unit of a table's column. */
function scores({ columns, row, type, target }: Moment): readonly Line[] {
  const { trainAccuracy, validationAccuracy, trainLoss, validationLoss } = columns;
  const three = (
    what: string,
    print: (accuracy: readonly number[], loss: readonly number[]) => string,
    gap: string,
  ): readonly Line[] => [
    [`train${what}`, print(trainAccuracy, trainLoss), "now-train"],
    [
      `${what === " error" ? "val." : "validation"}${what}`,
      print(validationAccuracy, validationLoss),
      "now-validation",
    ],
    ["gap", gap, "now-gap"],
  ];
  const gap = gapAt(columns, row, type);
  if (type === "classification") {
    return three("", (accuracy) => percent(accuracy[row]), points(gap));
  }
  if (!target) return three(" loss", (_, loss) => figure(loss[row]), figure(gap));
  const error = (_: readonly number[], loss: readonly number[]) =>
    quantity(typicalError(loss[row] ?? Number.NaN, target));
  return three(" error", error, quantity(errorGap(columns, row, target)));
}

function lines(moment: Moment): readonly Line[] {
  const { columns, row } = moment;
  const at = (column: readonly number[]) => column[row];
  const best = bestRow(columns.validationLoss, row);
  const bestEpoch = columns.epoch[best];
  return [
    ...scores(moment),
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
        {moment.target ? (
          <p className={styles.unit} data-testid="now-unit">
            Errors are RMSE {unitWords(moment.target)}; losses are on the standardized target.
          </p>
        ) : null}
      </div>
    </Panel>
  );
}
