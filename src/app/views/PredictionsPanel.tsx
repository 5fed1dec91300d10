// What the network does with the data at hand: which views there are depends on the data set.
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import type { Experiment } from "../../experiment/schema";
import { describeTask, type Task } from "../../experiment/tasks";
import type { DatasetSummary } from "../../worker/protocol";
import { usePage } from "../store/page";
import { useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { useShown } from "../store/shown";
import { Panel } from "../ui/Panel";
import { TabStrip } from "../ui/TabStrip";
import { BoundaryView } from "./BoundaryView";
import { CurveView } from "./CurveView";
import { FilesCard } from "./FilesCard";
import styles from "./views.module.css";
import { Progress, Waiting } from "./Waiting";

const Gallery = lazy(() => import("./Gallery").then((module) => ({ default: module.Gallery })));
const DrawPad = lazy(() => import("./DrawPad").then((module) => ({ default: module.DrawPad })));
const NeuronsView = lazy(() =>
  import("./NeuronsView").then((module) => ({ default: module.NeuronsView })),
);
const FeaturesView = lazy(() =>
  import("./FeaturesView").then((module) => ({ default: module.FeaturesView })),
);
const AugmentedView = lazy(() =>
  import("./AugmentedView").then((module) => ({ default: module.AugmentedView })),
);
const ClassesView = lazy(() =>
  import("./ClassesView").then((module) => ({ default: module.ClassesView })),
);
const ConfusionView = lazy(() =>
  import("./reports").then((module) => ({ default: module.ConfusionView })),
);
const CalibrationView = lazy(() =>
  import("./reports").then((module) => ({ default: module.CalibrationView })),
);
const DriftView = lazy(() => import("./reports").then((module) => ({ default: module.DriftView })));
const ValuesView = lazy(() =>
  import("./reports").then((module) => ({ default: module.ValuesView })),
);
const MapsView = lazy(() => import("./inside").then((module) => ({ default: module.MapsView })));
const FiltersView = lazy(() =>
  import("./inside").then((module) => ({ default: module.FiltersView })),
);

const TableCard = lazy(() =>
  import("./TableCard").then((module) => ({ default: module.TableCard })),
);

const PointsView = lazy(() =>
  import("./PointsView").then((module) => ({ default: module.PointsView })),
);

const PicturesView = lazy(() =>
  import("./PicturesView").then((module) => ({ default: module.PicturesView })),
);

const allViews = [
  "yours",
  "boundary",
  "neurons",
  "curve",
  "inputs",
  "predictions",
  "table",
  "samples",
  "classes",
  "mistakes",
  "mislabelled",
  "augmented",
  "maps",
  "filters",
  "confusion",
  "calibration",
  "drift",
  "draw",
] as const;
type View = (typeof allViews)[number];

const reports = ["confusion", "calibration"] as const;

/** True where training pictures are changed before the network sees them. */
function changesPictures({ augmentation: a, regularization: r }: Experiment): boolean {
  const strengths = a.crop + a.brightness + a.contrast + a.saturation + a.erasing + a.mixup;
  return strengths + r.inputNoise + r.dropoutInput > 0 || a.flip !== "none";
}

function viewsFor(task: Task, mislabelled: number, changed: boolean): readonly View[] {
  if (task.view === "plane") return ["boundary", "neurons", ...reports];
  if (task.view === "curve") return ["curve"];
  if (task.view === "table") {
    const own: View[] = task.kind === "ownTable" ? ["table"] : [];
    if (task.type === "regression") return ["predictions", "inputs", ...own];
    return ["inputs", ...own, ...reports];
  }
  const views: View[] = ["samples", "classes", "mistakes"];
  if (task.kind === "ownPictures") views.unshift("yours");
  if (mislabelled > 0) views.push("mislabelled");
  if (task.kind === "strokeDigits" || task.kind === "mnist") views.push("draw");
  if (changed) views.push("augmented");
  views.push("maps", "filters", ...reports, "drift");
  return views;
}

export function PredictionsPanel() {
  const planned = useSettings(({ experiment }) => experiment);
  const experiment = useRun((run) => run.experiment) ?? planned;
  const dataset = useRun((run) => run.dataset);
  const failure = useRun((run) => run.failure);
  const [chosen, setChosen] = useShown<View>("see", allViews, "boundary");
  const task = describeTask(experiment.data);
  const dropping = usePage((page) => page.dropping);
  const sorted = task.kind === "ownPictures";
  // Files on their way over the page need their classes to fall on.
  useEffect(() => {
    if (dropping && sorted) setChosen("yours");
  }, [dropping, sorted, setChosen]);
  const views = viewsFor(task, experiment.data.mislabelled, changesPictures(planned));
  const clickable = task.kind === "ownPoints";
  const lost = failure?.kind === "data-missing" || failure?.kind === "data-bad";
  const noFiles = !clickable && !sorted && lost;
  // Where there is nothing to see yet, the learner's own examples are what can be worked on.
  const fallen = !views.includes(chosen) || (lost && sorted);
  const view = fallen ? (views[0] as View) : chosen;
  return (
    <Panel
      title={noFiles ? "Files needed" : view === "inputs" ? "Inputs" : "Predictions"}
      aside={dataset ? <Progress /> : null}
      end={
        noFiles ? null : <TabStrip label="Views" tabs={views} chosen={view} onChoose={setChosen} />
      }
      className={noFiles ? "" : crowding(views.length)}
      testId="predictions"
    >
      <Suspense fallback={<p className={styles.waiting} />}>
        {noFiles ? (
          task.kind === "ownTable" ? (
            <TableCard failure={failure} />
          ) : (
            <FilesCard failure={failure} />
          )
        ) : clickable && view === "boundary" ? (
          <PointsView failure={failure} />
        ) : view === "yours" ? (
          <PicturesView failure={failure} />
        ) : dataset ? (
          contentOf(view, dataset)
        ) : (
          <Waiting />
        )}
      </Suspense>
    </Panel>
  );
}

/** Many tabs take the place of the title; some do on a narrow panel. */
function crowding(tabs: number): string {
  if (tabs < 3) return "";
  return (tabs > 4 ? styles.crowded : styles.tight) ?? "";
}

function contentOf(view: Exclude<View, "yours">, dataset: DatasetSummary): ReactNode {
  switch (view) {
    case "boundary":
      return <BoundaryView dataset={dataset} />;
    case "neurons":
      return <NeuronsView classNames={dataset.classNames} />;
    case "curve":
      return <CurveView dataset={dataset} />;
    case "inputs":
      return <FeaturesView names={dataset.featureNames} />;
    case "table":
      return <TableCard failure={null} />;
    case "augmented":
      return <AugmentedView classNames={dataset.classNames} />;
    case "maps":
      return <MapsView dataset={dataset} />;
    case "filters":
      return <FiltersView />;
    case "confusion":
      return <ConfusionView dataset={dataset} />;
    case "predictions":
      return <ValuesView dataset={dataset} />;
    case "calibration":
      return <CalibrationView dataset={dataset} />;
    case "classes":
      return <ClassesView classNames={dataset.classNames} />;
    case "drift":
      return <DriftView dataset={dataset} />;
    case "draw":
      return <DrawPad classNames={dataset.classNames} />;
    default:
      return <Gallery tab={view} classNames={dataset.classNames} />;
  }
}
