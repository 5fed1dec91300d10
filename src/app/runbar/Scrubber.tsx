// The run as a line: drag back to see what was recorded there, to the right end to be live again.
import { useSyncExternalStore } from "react";
import { epochText } from "../logic/figures";
import type { Mark } from "../logic/marks";
import { usePage } from "../store/page";
import { history, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { Range } from "../ui/Range";
import styles from "./runbar.module.css";

function subscribe(listener: () => void): () => void {
  return history.subscribe(listener);
}

/** Epoch of the last measurement. */
function lastEpoch(): number {
  return history.columns.epoch.at(-1) ?? 0;
}

export function Scrubber() {
  const total = useSettings(({ experiment }) => experiment.optimizer.epochs);
  const recorded = useSyncExternalStore(subscribe, lastEpoch);
  const scrub = usePage((page) => page.scrub);
  const marks = useRun((run) => run.marks);
  const end = Math.max(total, recorded);
  const shown = scrub ?? recorded;
  const stride = end > 50 ? 1 : end / 100;
  const move = (epoch: number) => {
    // One press of an arrow key leaves the live end; the way back to it ends on it.
    const live = epoch > recorded - stride / 2;
    usePage.getState().setScrub(live ? null : epoch);
  };
  const label =
    scrub === null ? `Epoch ${epochText(recorded)}, live` : `Epoch ${epochText(scrub)}, recorded`;
  return (
    <div className={styles.scrub}>
      <Range
        min={0}
        max={end}
        step={stride}
        value={shown}
        disabled={recorded === 0}
        aria-label="Recorded epochs"
        aria-valuetext={label}
        title="Drag back to see an earlier moment"
        onMove={move}
      />
      <div className={styles.track} style={{ pointerEvents: "none" }} />
      <div
        className={styles.fill}
        style={{ transform: `scaleX(${recorded / end})`, pointerEvents: "none" }}
      />
      <div className={styles.rail} style={{ pointerEvents: "none" }}>
        <Marks marks={marks} end={end} />
        <div
          className={styles.place}
          style={{ transform: `translateX(${(shown / end) * 100}%)`, pointerEvents: "none" }}
        >
          <div className={`${styles.thumb} ${scrub === null ? "" : styles.back}`} />
        </div>
      </div>
    </div>
  );
}

/** The last mark carries its words; earlier ones too where there is room before the next. */
function Marks({ marks, end }: { readonly marks: readonly Mark[]; readonly end: number }) {
  return marks.map((mark, index) => {
    const share = mark.epoch / end;
    const next = marks[index + 1];
    const room = (next ? next.epoch / end : 1) - share;
    const leftward = !next && share > 0.7;
    return (
      <div
        key={`${mark.step}-${mark.path}`}
        className={styles.place}
        style={{ transform: `translateX(${share * 100}%)` }}
      >
        <div className={`${styles.mark} ${leftward ? styles.leftward : ""}`} title={mark.text}>
          {room > 0.28 || leftward ? <span>{mark.text}</span> : null}
        </div>
      </div>
    );
  });
}
