// The page: header, run bar, notices, and the four columns in the order that suits the screen.

import styles from "./app.module.css";
import { Header } from "./header/Header";
import { ExperimentColumn } from "./lazyControls";
import {
  Announcer,
  Curves,
  DropHint,
  MeaningColumn,
  Notices,
  PredictionsPanel,
  WeightsPanel,
} from "./lazyResults";
import { RunBar } from "./runbar/RunBar";
import { SelfTestGate } from "./selftest/Gate";
import { useRun } from "./store/run";
import { Fence } from "./ui/Fence";
import { useMedia } from "./ui/hooks";

const phone = "(max-width: 700px)";

export function App() {
  const onPhone = useMedia(phone);
  const stale = useRun(
    ({ phase, pending, dataset }) => dataset !== null && (pending || phase === "starting"),
  );
  return (
    <div className={styles.app}>
      <Header />
      <section className={styles.bar} aria-label="Run bar">
        <RunBar />
      </section>
      <Fence>
        <Notices />
      </Fence>
      <main className={styles.main} data-stale={stale}>
        {onPhone ? <PhoneColumns /> : <WideColumns />}
      </main>
      <Fence>
        <Announcer />
        <DropHint />
      </Fence>
      <SelfTestGate />
    </div>
  );
}

const scrolling = `${styles.column} ${styles.scrolls}`;
const results = `${styles.column} ${styles.results}`;
const curves = `${results} ${styles.curves}`;
const meaning = `${scrolling} ${styles.results}`;

function WideColumns() {
  return (
    <>
      <section className={scrolling} aria-label="Experiment">
        <Fence>
          <ExperimentColumn />
        </Fence>
      </section>
      <section className={curves} aria-label="Curves">
        <Fence>
          <Curves />
        </Fence>
      </section>
      <section className={results} aria-label="What the network does">
        <Fence>
          <PredictionsPanel className={styles.predictions} />
        </Fence>
        <Fence>
          <WeightsPanel className={styles.weights} />
        </Fence>
      </section>
      <section className={meaning} aria-label="What it means">
        <Fence>
          <MeaningColumn />
        </Fence>
      </section>
    </>
  );
}

/** On a phone the picture comes first: it is what moves when Train is pressed. */
function PhoneColumns() {
  return (
    <>
      <section className={results} aria-label="What the network does">
        <Fence>
          <PredictionsPanel className={styles.predictions} />
        </Fence>
      </section>
      <section className={curves} aria-label="Curves">
        <Fence>
          <Curves />
        </Fence>
      </section>
      <section className={meaning} aria-label="What it means">
        <Fence>
          <MeaningColumn />
        </Fence>
      </section>
      <section className={scrolling} aria-label="Experiment">
        <Fence>
          <ExperimentColumn />
        </Fence>
      </section>
      <section className={results} aria-label="Spread and size of the weights">
        <Fence>
          <WeightsPanel className={styles.weights} />
        </Fence>
      </section>
    </>
  );
}
