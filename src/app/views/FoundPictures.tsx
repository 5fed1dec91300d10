// The pictures behind a cell of the confusion matrix, or of a whole class, as the network judged them when asked.
import { useEffect, useState } from "react";
import type { FoundPictures as Found } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { useRun } from "../store/run";
import ui from "../ui/ui.module.css";
import { Picture } from "./Gallery";
import styles from "./views.module.css";

interface Props {
  readonly truth: number;
  /** Null: whatever the network says. */
  readonly predicted: number | null;
  readonly classNames: readonly string[];
  readonly onClose: () => void;
}

export function FoundPictures({ truth, predicted, classNames, onClose }: Props) {
  const engine = useEngine();
  const [found, setFound] = useState<{ readonly of: Found; readonly epoch: number } | null>(null);
  useEffect(() => {
    let wanted = true;
    setFound(null);
    const { epoch } = useRun.getState();
    void engine.find(truth, predicted).then((answer) => {
      if (wanted && answer) setFound({ of: answer, epoch });
    });
    return () => {
      wanted = false;
    };
  }, [engine, truth, predicted]);
  const name = (kind: number) => classNames[kind] ?? String(kind);
  const what = predicted === null ? name(truth) : `${name(truth)}, said to be ${name(predicted)}`;
  return (
    <div data-testid="found">
      <p className={styles.hint}>
        <b>{what}</b>
        {found ? `: ${found.of.found} pictures at epoch ${found.epoch.toFixed(1)} ` : "… "}
        <button type="button" className={ui.button} onClick={onClose}>
          Back to the matrix
        </button>
      </p>
      <ul className={styles.grid}>
        {found?.of.pictures.map((picture) => (
          <Picture
            key={picture.index}
            picture={picture}
            form={found.of}
            classNames={classNames}
            memorized={false}
          />
        ))}
      </ul>
    </div>
  );
}
