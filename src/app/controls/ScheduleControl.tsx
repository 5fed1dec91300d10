// A schedule with its curve: what share of the rate or strength is in force, from the first step to the last.
import { rateShare, strengthShare } from "../../experiment/schedules";
import type { Experiment, FieldPath } from "../../experiment/schema";
import { useSettings } from "../store/settings";
import { ChoiceControl } from "./ChoiceControl";
import styles from "./controls.module.css";

/** Steps that the curve is drawn from; the run's own number only changes how fine it is. */
const steps = 120;
const [width, height] = [100, 22];

/** Shares in [0, 1] over the run. */
export function scheduleShares(
  { optimizer, regularization }: Experiment,
  path: FieldPath,
): number[] {
  const warmUp = Math.round((optimizer.warmUpEpochs / optimizer.epochs) * steps);
  return Array.from({ length: steps }, (_, index) =>
    path === "optimizer.schedule"
      ? rateShare(optimizer.schedule, index + 1, warmUp, steps, optimizer.rateFloor)
      : strengthShare(regularization.schedule, index + 1, steps),
  );
}

export function ScheduleControl({ path }: { readonly path: FieldPath }) {
  const experiment = useSettings((settings) => settings.experiment);
  const shares = scheduleShares(experiment, path);
  const level = shares.every((share) => share === 1);
  return (
    <>
      <ChoiceControl path={path} />
      {level ? null : <ScheduleCurve shares={shares} path={path} />}
    </>
  );
}

function ScheduleCurve({
  shares,
  path,
}: {
  readonly shares: readonly number[];
  readonly path: FieldPath;
}) {
  const points = shares.map((share, index) => {
    const x = (index / (shares.length - 1)) * width;
    return `${x.toFixed(1)},${(height - 1 - share * (height - 2)).toFixed(1)}`;
  });
  const percent = (share: number | undefined) => `${Math.round((share ?? 0) * 100)} %`;
  const what = path === "optimizer.schedule" ? "learning rate" : "strengths";
  const largest = Math.max(...shares);
  return (
    <svg
      className={styles.schedule}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Share of the ${what} over the run: ${percent(shares[0])} at the first step, at most ${percent(largest)}, ${percent(shares.at(-1))} at the last`}
      data-testid={`curve-${path}`}
    >
      <polyline points={points.join(" ")} />
    </svg>
  );
}
