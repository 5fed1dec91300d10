// The way of one picture through the network: its maps after every block, its hidden units, and what the next step drops of them.
import { useCallback, useRef, useState } from "react";
import type { ActivationMaps, ActivationStage, DatasetSummary } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import { countDropped, extentOf, rangeWords } from "../logic/tiles";
import { history } from "../store/run";
import { AsOfNow } from "./AsOfNow";
import { ChosenPicture, PictureStrip } from "./ChosenPicture";
import { FoldedTable } from "./FoldedTable";
import styles from "./inside.module.css";
import { MapTiles, UnitStrip } from "./Stage";
import views from "./views.module.css";

export function MapsView({ dataset }: { readonly dataset: DatasetSummary }) {
  const box = useRef<HTMLDivElement>(null);
  useWatched("maps", box, 300);
  const [pointed, setPointed] = useState<string | null>(null);
  const maps = history.latest("maps");
  return (
    <div className={views.body} ref={box} data-testid="maps">
      {maps ? (
        <>
          <PictureStrip maps={maps} classNames={dataset.classNames} />
          <div className={styles.way}>
            <ChosenPicture maps={maps} classNames={dataset.classNames} />
            <section
              className={styles.stages}
              aria-label="Maps and units of the picture"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
              tabIndex={0}
            >
              {maps.stages
                .filter(({ name }) => name !== "input")
                .map((stage) => (
                  <Stage key={stage.name} stage={stage} onPoint={setPointed} />
                ))}
            </section>
          </div>
          <div className={styles.foot}>
            <p className={styles.note}>
              {pointed ?? (
                <>
                  {explanationOf(maps)}
                  <AsOfNow />
                </>
              )}
            </p>
            <StageTable stages={maps.stages} />
          </div>
        </>
      ) : (
        <p className={views.waiting}>The maps come with the next measurement.</p>
      )}
    </div>
  );
}

/** What the crosses mean; without any, what the colours do. */
function explanationOf({ stages, row }: ActivationMaps): string {
  if (stages.some(({ dropped }) => dropped !== null)) {
    return `Crossed out: dropped in the next training step, at place ${row + 1} of its batch. Evaluation, as here, drops none.`;
  }
  return stages.some(({ kind }) => kind === "maps")
    ? "What each filter finds in the picture, after activation and pooling. Blue: positive, orange: negative, by block."
    : "How strongly each hidden unit answers to the picture. Blue: positive, orange: negative, by layer.";
}

interface StageProps {
  readonly stage: ActivationStage;
  readonly onPoint: (words: string | null) => void;
}

function Stage({ stage, onPoint }: StageProps) {
  const { name, kind, units, shown, height, width, dropped } = stage;
  const size = kind === "maps" ? `${units} maps of ${height}×${width}` : `${units} units`;
  const part = shown < units ? `, the first ${shown} shown` : "";
  const point = useCallback((words: string | null) => onPoint(words), [onPoint]);
  return (
    <div className={styles.stage}>
      <h3>
        <b>{name}</b> {size}
        {part}
        <span className={styles.range}>{rangeWords(extentOf(stage.values))}</span>
        {dropped ? (
          <span className={styles.dropped} data-testid={`dropped-${name}`}>
            dropped: {countDropped(stage)} of {units}
          </span>
        ) : null}
      </h3>
      {kind === "maps" ? (
        <MapTiles stage={stage} onPoint={point} />
      ) : (
        <UnitStrip stage={stage} onPoint={point} />
      )}
    </div>
  );
}

function StageTable({ stages }: { readonly stages: readonly ActivationStage[] }) {
  const rows = () =>
    stages.map((stage) => [
      stage.name,
      stage.shown > 0 ? rangeWords(extentOf(stage.values)) : "the picture",
      droppedWords(stage),
    ]);
  return (
    <FoldedTable head={["place", "values", "dropped in the next step"]} rows={rows} holds="words" />
  );
}

/** Numbers of the dropped ones, as long as a person would read them. */
function droppedWords(stage: ActivationStage): string {
  const dropped = countDropped(stage);
  if (dropped === 0) return "none";
  const share = `${dropped} of ${stage.units}`;
  if (dropped > 24) return share;
  const numbers = Array.from(stage.dropped ?? [], (flag, unit) => (flag ? unit + 1 : 0));
  return `${share}: ${numbers.filter((number) => number > 0).join(", ")}`;
}
