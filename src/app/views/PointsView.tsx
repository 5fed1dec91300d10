// The plane to click points on: the learner's own points over what the network believes about the places between them.
import { useEffect, useRef } from "react";
import { pointsLacking } from "../../data/points/points";
import type { EngineErrorDescription } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { learnFromPoints, meansOtherPoints, openPoints } from "../engine/ownPoints";
import { usePoints } from "../store/points";
import { useSettings } from "../store/settings";
import ui from "../ui/ui.module.css";
import { BoundaryMap, useBoundary } from "./BoundaryView";
import { PointsPlane } from "./PointsPlane";
import { PointsTools } from "./PointsTools";
import points from "./points.module.css";
import styles from "./views.module.css";

export function PointsView({ failure }: { readonly failure: EngineErrorDescription | null }) {
  const engine = useEngine();
  const box = useRef<HTMLDivElement>(null);
  const picture = useBoundary(box);
  const loads = useSettings((settings) => settings.loads);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another link, another look at what the browser kept
  useEffect(() => {
    void openPoints(engine);
  }, [engine, loads]);
  return (
    <div className={styles.body} ref={box} data-testid="points">
      <div className={points.row}>
        <div className={`${styles.square} ${points.room}`}>
          <div className={styles.stage}>
            <BoundaryMap picture={picture} />
            <PointsPlane />
          </div>
        </div>
        <PointsTools />
      </div>
      <Message failure={failure} />
    </div>
  );
}

/** What is missing, what is wrong, or how the points are used. */
function Message({ failure }: { readonly failure: EngineErrorDescription | null }) {
  const engine = useEngine();
  const { points: held, problem } = usePoints();
  const wanted = useSettings(({ experiment }) => experiment.data.points);
  const classes = useSettings(({ experiment }) => experiment.data.classes);
  if (problem) {
    return (
      <p className={styles.hint} role="alert">
        {problem}
      </p>
    );
  }
  if (failure?.kind === "data-missing" && meansOtherPoints(held, wanted)) {
    return (
      <div className={`${styles.hint} ${points.other}`} role="alert">
        <span>
          This experiment learns from points with check sum {wanted}, which stay on the machine of
          whoever clicked them. Load their CSV file
          {held.length > 0 ? `, or use your own ${held.length} points:` : ", or click your own."}
        </span>
        {held.length > 0 ? (
          <button type="button" className={ui.button} onClick={() => learnFromPoints(engine)}>
            Use these points
          </button>
        ) : null}
      </div>
    );
  }
  const lacking = pointsLacking(held, classes);
  return (
    <p className={`${styles.hint} ${points.message}`} role="status" data-testid="points-message">
      {lacking === null
        ? `${held.length} points. Filled: training; hollow: validation; pale: test.`
        : lacking}
    </p>
  );
}
