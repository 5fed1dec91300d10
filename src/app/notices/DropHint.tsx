// Listens for files over the page, and while they hover says what dropping them will do.
import { useEffect } from "react";
import { type Experiment, fieldEntry } from "../../experiment/schema";
import { describeTask } from "../../experiment/tasks";
import { useEngine } from "../engine/context";
import { listenToDrops } from "../engine/drops";
import { usePage } from "../store/page";
import { useSettings } from "../store/settings";
import styles from "./notices.module.css";

export function DropHint() {
  const dropping = usePage((page) => page.dropping);
  const data = useSettings(({ experiment }) => experiment.data);
  const engine = useEngine();
  useEffect(() => listenToDrops(engine), [engine]);
  if (!dropping) return null;
  return (
    <div className={styles.dropping} role="status" data-testid="drop-hint">
      <p>{hintFor(data)}</p>
    </div>
  );
}

function hintFor(data: Experiment["data"]): string {
  if (data.kind === "ownTable") return "Drop your CSV file anywhere.";
  if (data.kind === "ownPoints") return "Drop the CSV file of your points anywhere.";
  if (data.kind === "ownPictures")
    return "Drop pictures onto their class, or a folder of class folders anywhere.";
  if (describeTask(data).origin === "files")
    return `Drop the ${titleOf(data.kind)} files anywhere. A CSV file opens as your table.`;
  return "This data set reads no files. A CSV file opens as your table; for others choose MNIST, Fashion-MNIST, CIFAR-10 or Your pictures first.";
}

/** A data set by its name for people. */
function titleOf(kind: string): string {
  const { field } = fieldEntry("data.kind");
  const choices = field.type === "choice" ? field.choices : [];
  return choices.find(({ value }) => value === kind)?.label ?? kind;
}
