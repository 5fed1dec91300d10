// Beside the plane of clicked points: the class of the next one, what takes clicks back, the way into and out of a file.
import { classLetters, printPoints } from "../../data/points/points";
import { download } from "../charts/csv";
import { useEngine } from "../engine/context";
import { changePoints, redoPoints, undoPoints } from "../engine/ownPoints";
import { takeFiles } from "../engine/ownTable";
import { usePoints } from "../store/points";
import { useSettings } from "../store/settings";
import ui from "../ui/ui.module.css";
import { FileChooser } from "./FileChooser";
import styles from "./points.module.css";
import { Sign } from "./Sign";

export function PointsTools() {
  const engine = useEngine();
  const { points, past, future } = usePoints();
  const none = points.length === 0;
  const action = (text: string, disabled: boolean, act: () => void) => (
    <button type="button" className={ui.button} disabled={disabled} onClick={act}>
      {text}
    </button>
  );
  return (
    <div className={styles.tools}>
      <Classes />
      {action("Undo", past.length === 0, () => undoPoints(engine))}
      {action("Redo", future.length === 0, () => redoPoints(engine))}
      {action("Clear", none, () => changePoints(engine, []))}
      {action("Save", none, () => download("points.csv", printPoints(points)))}
      <FileChooser
        label="CSV file of points"
        text="Load"
        accept=".csv,.tsv,.txt,.gz"
        onFiles={(files) => takeFiles(engine, files)}
      />
    </div>
  );
}

function Classes() {
  const chosen = usePoints(({ kind }) => kind);
  const classes = useSettings(({ experiment }) => experiment.data.classes);
  const more = () => {
    if (useSettings.getState().change([["data.classes", classes + 1]]) === null)
      usePoints.setState({ kind: classes });
  };
  return (
    <fieldset className={styles.classes}>
      <legend className="visually-hidden">Class of the next point</legend>
      {classLetters.slice(0, classes).map((letter, kind) => (
        <label key={letter}>
          <input
            type="radio"
            name="point-class"
            aria-label={`Class ${letter}`}
            checked={kind === Math.min(chosen, classes - 1)}
            onChange={() => usePoints.setState({ kind })}
          />
          <Sign kind={kind} />
          {letter}
        </label>
      ))}
      {classes < classLetters.length ? (
        <button type="button" aria-label="One class more" title="One class more" onClick={more}>
          +
        </button>
      ) : null}
    </fieldset>
  );
}
