// What the run's numbers mean, in words and in figures.
import { useRef } from "react";
import { read } from "../logic/reading";
import { useVisible } from "../ui/hooks";
import { KnownCard } from "./KnownCard";
import styles from "./meaning.module.css";
import { NowTable } from "./NowTable";
import { Sizes } from "./Sizes";
import { SuggestionCard } from "./SuggestionCard";
import { TestSet } from "./TestSet";
import { useMoment } from "./useMoment";

export function MeaningColumn() {
  const box = useRef<HTMLDivElement>(null);
  const moment = useMoment(useVisible(box));
  const reading = read(moment);
  return (
    <div className={styles.column} ref={box}>
      <div className={styles.half}>
        <section
          className={`${styles.reading} ${styles[reading.tone] ?? ""}`}
          aria-label="In words"
          data-testid="reading"
        >
          <h2>{reading.title}</h2>
          <p>{reading.text}</p>
        </section>
        <SuggestionCard moment={moment} />
        <KnownCard moment={moment} />
      </div>
      <div className={styles.half}>
        <NowTable moment={moment} />
        <Sizes />
        <TestSet />
      </div>
    </div>
  );
}
