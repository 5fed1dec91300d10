// What there is to learn: a few training pictures of every class, under the labels that training uses.
import { useEffect, useState } from "react";
import type { ClassGrid } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { count } from "../logic/figures";
import { useRun } from "../store/run";
import styles from "./classes.module.css";
import { Pixels } from "./Pixels";
import views from "./views.module.css";

/** Pixels for the names beside the rows: as many as the longest wants, within reason. */
function nameWidth(classNames: readonly string[]): number {
  return Math.min(84, 34 + 6 * Math.max(...classNames.map(({ length }) => length)));
}

export function ClassesView({ classNames }: { readonly classNames: readonly string[] }) {
  const grid = useClassGrid();
  const wrong = grid?.classes.some(({ pictures }) => pictures.some((held) => held.mislabelled));
  return (
    <div className={views.body}>
      <p className={views.hint}>
        Training pictures of every class, and how many there are.
        {wrong ? " Framed: the label is wrong on purpose." : null}
      </p>
      {grid ? (
        <ul
          className={styles.classes}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach that
          tabIndex={0}
          aria-label="Training pictures of every class"
          style={{ "--names": `${nameWidth(classNames)}px` } as React.CSSProperties}
          data-testid="classes"
        >
          {grid.classes.map(({ count: held, pictures }, kind) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: classes have fixed numbers
            <li key={kind}>
              <p className={styles.name}>
                <b>{classNames[kind] ?? kind}</b> {count(held)}
              </p>
              <ul className={styles.pictures}>
                {pictures.map(({ index, mislabelled, pixels }) => (
                  <li
                    key={index}
                    className={mislabelled ? views.wrong : undefined}
                    title={`Training picture ${index}: label ${classNames[kind] ?? kind}${mislabelled ? ", which is wrong" : ""}`}
                  >
                    <Pixels id={String(index)} pixels={pixels} form={grid} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** Asked for once per run: training changes none of it. */
function useClassGrid(): ClassGrid | null {
  const engine = useEngine();
  const dataset = useRun((run) => run.dataset);
  const [held, setHeld] = useState<{ readonly grid: ClassGrid; readonly of: unknown } | null>(null);
  useEffect(() => {
    let wanted = true;
    void engine.classGrid().then((grid) => {
      if (wanted && grid) setHeld({ grid, of: dataset });
    });
    return () => {
      wanted = false;
    };
  }, [engine, dataset]);
  return held?.of === dataset ? held.grid : null;
}
