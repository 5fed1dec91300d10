// The page: header, run bar, notices, and the areas in the order that suits the screen.

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
  Preview,
  SkipLinks,
  WeightsPanel,
} from "./lazyResults";
import { RunBar } from "./runbar/RunBar";
import { SelfTestGate } from "./selftest/Gate";
import { useRun } from "./store/run";
import { Fence } from "./ui/Fence";
import { useMedia } from "./ui/hooks";

/** One column: where a side column would leave the results too narrow. The same condition stands in app.module.css. */
const oneColumn = "(max-width: 539px), (max-width: 700px) and (min-height: 431px)";

const areas = {
  experiment: { label: "Experiment", content: <ExperimentColumn /> },
  curves: { label: "Curves", content: <Curves /> },
  predictions: { label: "What the network does", content: <PredictionsPanel /> },
  weights: { label: "Spread and size of the weights", content: <WeightsPanel /> },
  meaning: { label: "What it means", content: <MeaningColumn /> },
} as const;
type Area = keyof typeof areas;

const sideBySide: readonly Area[] = ["experiment", "curves", "predictions", "weights", "meaning"];
/** In one column the picture comes first: it is what moves when Train is pressed. */
const below: readonly Area[] = ["predictions", "curves", "meaning", "experiment", "weights"];

export function App() {
  const inOneColumn = useMedia(oneColumn);
  const order = inOneColumn ? below : sideBySide;
  const stale = useRun(
    ({ phase, pending, dataset }) => dataset !== null && (pending || phase === "starting"),
  );
  return (
    <div className={styles.app}>
      <Fence>
        <SkipLinks to={["bar", ...order]} />
      </Fence>
      <Header />
      <section className={styles.bar} id="area-bar" tabIndex={-1} aria-label="Run bar">
        <RunBar />
      </section>
      <Fence>
        <Notices />
      </Fence>
      <main className={styles.main} data-stale={stale}>
        {/* Keyed: a turned phone or another zoom moves the areas, with all that is open in them. */}
        {order.map((area) => (
          <section
            key={area}
            className={`${styles.area} ${styles[area]}`}
            id={`area-${area}`}
            tabIndex={-1}
            aria-label={areas[area].label}
          >
            {area === "experiment" ? (
              <Fence>
                <SkipLinks to={order.filter((other) => other !== "experiment")} />
              </Fence>
            ) : null}
            {inOneColumn && area === "experiment" ? (
              <Fence>
                <Preview />
              </Fence>
            ) : null}
            <Fence>{areas[area].content}</Fence>
          </section>
        ))}
      </main>
      <Fence>
        <Announcer />
        <DropHint />
      </Fence>
      <SelfTestGate />
    </div>
  );
}
