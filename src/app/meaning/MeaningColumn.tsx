// What the run's numbers mean, in words and in figures.
import { useRef } from "react";
import { diagnose } from "../logic/diagnosis/rules";
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
  const finding = diagnose(moment);
  const { title, text, tone, confidence } = finding;
  return (
    <div className={styles.column} ref={box}>
      <section
        className={`${styles.reading} ${styles[tone] ?? ""}`}
        aria-label="Diagnosis"
        data-testid="reading"
        data-symptom={finding.symptom}
      >
        <h2>
          {title}
          {confidence === "medium" && tone === "warning" ? <small> · likely</small> : null}
        </h2>
        <p>{text}</p>
      </section>
      <SuggestionCard moment={moment} finding={finding} />
      <KnownCard moment={moment} />
      <NowTable moment={moment} />
      <Sizes />
      <TestSet />
    </div>
  );
}
