// What the network does with the data at hand: which views there are depends on the data set.
import { lazy, type ReactNode, Suspense, useState } from "react";
import { describeTask, type Task } from "../../experiment/tasks";
import type { DatasetSummary } from "../../worker/protocol";
import { type Run, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { Panel, Tabs } from "../ui/Panel";
import { BoundaryView } from "./BoundaryView";
import { CurveView } from "./CurveView";
import { FilesCard } from "./FilesCard";
import styles from "./views.module.css";

const Gallery = lazy(() => import("./Gallery").then((module) => ({ default: module.Gallery })));
const DrawPad = lazy(() => import("./DrawPad").then((module) => ({ default: module.DrawPad })));
const NeuronsView = lazy(() =>
  import("./NeuronsView").then((module) => ({ default: module.NeuronsView })),
);
const FeaturesView = lazy(() =>
  import("./FeaturesView").then((module) => ({ default: module.FeaturesView })),
);

type View =
  | "boundary"
  | "neurons"
  | "curve"
  | "inputs"
  | "samples"
  | "mistakes"
  | "mislabelled"
  | "draw";

function viewsFor(task: Task, mislabelled: number): readonly View[] {
  if (task.view === "plane") return ["boundary", "neurons"];
  if (task.view === "curve") return ["curve"];
  if (task.view === "table") return ["inputs"];
  const views: View[] = ["samples", "mistakes"];
  if (mislabelled > 0) views.push("mislabelled");
  if (task.kind === "strokeDigits") views.push("draw");
  return views;
}

export function PredictionsPanel({ className }: { readonly className?: string | undefined }) {
  const planned = useSettings(({ experiment }) => experiment);
  const experiment = useRun((run) => run.experiment) ?? planned;
  const dataset = useRun((run) => run.dataset);
  const failure = useRun((run) => run.failure);
  const [chosen, setChosen] = useState<View>("boundary");
  const task = describeTask(experiment.data);
  const views = viewsFor(task, experiment.data.mislabelled);
  const view = views.includes(chosen) ? chosen : (views[0] as View);
  const noFiles = failure?.kind === "data-missing" || failure?.kind === "data-bad";
  return (
    <Panel
      title={noFiles ? "Files needed" : task.view === "table" ? "Inputs" : "Predictions"}
      aside={dataset ? <Progress /> : null}
      end={noFiles ? null : <Tabs label="Views" tabs={views} chosen={view} onChoose={setChosen} />}
      className={className}
      testId="predictions"
    >
      <Suspense fallback={<p className={styles.waiting} />}>
        {noFiles ? (
          <FilesCard failure={failure} />
        ) : dataset ? (
          contentOf(view, dataset)
        ) : (
          <Waiting />
        )}
      </Suspense>
    </Panel>
  );
}

function contentOf(view: View, dataset: DatasetSummary): ReactNode {
  switch (view) {
    case "boundary":
      return <BoundaryView dataset={dataset} />;
    case "neurons":
      return <NeuronsView classNames={dataset.classNames} />;
    case "curve":
      return <CurveView dataset={dataset} />;
    case "inputs":
      return <FeaturesView names={dataset.featureNames} />;
    case "draw":
      return <DrawPad classNames={dataset.classNames} />;
    default:
      return <Gallery tab={view} classNames={dataset.classNames} />;
  }
}

function progressText({ phase, progress }: Run): string {
  if (phase === "failed") return "No run: see the message above.";
  if (!progress) return "Getting ready…";
  const share = progress.fraction;
  return share === null ? `${progress.what}…` : `${progress.what}: ${Math.round(share * 100)} %`;
}

/** Beside what the old run shows, when the new one takes its time. */
function Progress() {
  const text = useRun((run) => (run.phase === "starting" ? progressText(run) : null));
  return text ? <span className={styles.progress}>{text}</span> : null;
}

function Waiting() {
  const text = useRun(progressText);
  return (
    <p className={styles.waiting} role="status">
      {text}
    </p>
  );
}
