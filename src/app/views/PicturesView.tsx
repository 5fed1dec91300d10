// A learner's own pictures: the classes with what is in them, what is missing to learn from them, what is being read.
import { type KeyboardEvent, useEffect } from "react";
import {
  type Album,
  albumFingerprint,
  albumLacking,
  albumParts,
  countPictures,
} from "../../data/album/album";
import type { PartName } from "../../data/types";
import type { EngineErrorDescription } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import {
  learnFromPictures,
  meansOtherPictures,
  openPictures,
  redoPictures,
  undoPictures,
} from "../engine/ownPictures";
import { cancelReading } from "../engine/takePictures";
import { count, duration } from "../logic/figures";
import { usePictures } from "../store/pictures";
import { useSettings } from "../store/settings";
import ui from "../ui/ui.module.css";
import { PictureClass } from "./PictureClass";
import { AddClass, PicturesTools } from "./PicturesTools";
import styles from "./pictures.module.css";
import views from "./views.module.css";

/** Problems that are shown; more are counted. */
const problemsShown = 3;

export function PicturesView({ failure }: { readonly failure: EngineErrorDescription | null }) {
  const engine = useEngine();
  const { album, reading } = usePictures();
  const loads = useSettings((settings) => settings.loads);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another link, another look at what the browser kept
  useEffect(() => {
    void openPictures(engine);
  }, [engine, loads]);
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const undoes = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey);
    // What is typed into a name has its own way back.
    if (!undoes || reading || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    (event.shiftKey ? redoPictures : undoPictures)(engine);
  };
  return (
    <div className={views.body} data-testid="pictures">
      <Progress />
      <fieldset className={styles.whole} disabled={reading !== null} onKeyDown={press}>
        <PicturesTools />
        <Message failure={failure} />
        <Problems />
        <ul className={styles.classes} data-testid="picture-classes">
          {album.map((held, kind) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place of a class is its label
            <PictureClass key={kind} held={held} kind={kind} />
          ))}
          <AddClass />
          {countPictures(album) === 0 ? (
            <li className={views.hint}>
              Or drop a folder whose subfolders are the classes, anywhere on the page. The middle
              square of every picture is kept, on this device only.
            </li>
          ) : null}
        </ul>
      </fieldset>
    </div>
  );
}

/** How far the reading of files is, and the way to end it. */
function Progress() {
  const reading = usePictures((held) => held.reading);
  if (!reading) return null;
  const { done, total, secondsLeft } = reading;
  const left = secondsLeft === null ? "" : `, ${duration(secondsLeft)} left`;
  return (
    <div className={styles.reading}>
      <span>
        Reading pictures: {done} of {total}
        {left}
      </span>
      <progress max={total} value={done} aria-label="Pictures read so far" />
      <button type="button" className={ui.button} onClick={cancelReading}>
        Cancel
      </button>
    </div>
  );
}

function Problems() {
  const problems = usePictures((held) => held.problems);
  if (problems.length === 0) return null;
  const more = problems.length - problemsShown;
  return (
    <div className={styles.problems} role="alert">
      <ul>
        {problems.slice(0, problemsShown).map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
        {more > 0 ? <li>And {more} more like these.</li> : null}
      </ul>
      <button
        type="button"
        className={styles.close}
        aria-label="Close the messages"
        onClick={() => usePictures.setState({ problems: [] })}
      >
        ×
      </button>
    </div>
  );
}

/** "42 pictures: 26 train, 8 validate, 8 test." */
function partsText(album: Album, seed: number): string {
  const parts = albumParts(album, seed).flat();
  const of = (name: PartName) => count(parts.filter((part) => part === name).length);
  return `${count(parts.length)} pictures: ${of("train")} train, ${of("validation")} validate, ${of("test")} test.`;
}

/** Whose pictures the experiment means, what is missing, or how they are used. */
function Message({ failure }: { readonly failure: EngineErrorDescription | null }) {
  const engine = useEngine();
  const { album, kept } = usePictures();
  const wanted = useSettings(({ experiment }) => experiment.data.album);
  const seed = useSettings(({ experiment }) => experiment.seed);
  const held = countPictures(album);
  if (failure?.kind === "data-missing" && meansOtherPictures(album, wanted)) {
    return (
      <div className={`${views.hint} ${styles.other}`} role="alert">
        <span>
          This experiment learns from pictures with check sum {wanted}, which stay on the machine of
          whoever has them. Load their .album file
          {held > 0
            ? `, or use your own (check sum ${albumFingerprint(album)}):`
            : ", or add your own."}
        </span>
        {held > 0 ? (
          <button type="button" className={ui.button} onClick={() => learnFromPictures(engine)}>
            Use these pictures
          </button>
        ) : null}
      </div>
    );
  }
  return (
    <p className={views.hint} role="status" data-testid="pictures-message">
      {albumLacking(album) ?? partsText(album, seed)}
      {kept ? null : " This browser keeps nothing between visits: save them to a file."}
    </p>
  );
}
