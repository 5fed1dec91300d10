// A learner's own images: the classes with what is in them, what is missing to learn from them, what is being read.
import { type KeyboardEvent, useEffect, useRef } from "react";
import { type Album, albumFingerprint, albumLacking, countPictures } from "../../data/album/album";
import { albumParts } from "../../data/album/parts";
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
import { Refusals, Remarks } from "./LoadReport";
import { PictureClass } from "./PictureClass";
import { AddClass, PicturesTools } from "./PicturesTools";
import styles from "./pictures.module.css";
import views from "./views.module.css";

export function PicturesView({ failure }: { readonly failure: EngineErrorDescription | null }) {
  const engine = useEngine();
  const { album, reading, refused, problems } = usePictures();
  const scrolls = useRef<HTMLDivElement>(null);
  const loads = useSettings((settings) => settings.loads);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another link, another look at what the browser kept
  useEffect(() => {
    void openPictures(engine);
  }, [engine, loads]);
  // What a load says stands at the top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other messages, another look
  useEffect(() => {
    if (scrolls.current) scrolls.current.scrollTop = 0;
  }, [refused, problems]);
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
        <div className={styles.scrolls} ref={scrolls}>
          <Refusals />
          <Remarks />
          <ul className={styles.classes} data-testid="picture-classes">
            {album.map((held, kind) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the place of a class is its label
              <PictureClass key={kind} held={held} kind={kind} />
            ))}
            <AddClass />
            {countPictures(album) === 0 ? (
              <li className={views.hint}>
                Or drop a folder whose subfolders are the classes, or a zip archive of it, anywhere
                on the page. The middle square of every image is kept, on this device only.
              </li>
            ) : null}
          </ul>
        </div>
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
      <span>{total === 0 ? "Opening files" : `Reading images: ${done} of ${total}${left}`}</span>
      <progress
        {...(total === 0 ? {} : { max: total, value: done })}
        aria-label="Images read so far"
      />
      <button type="button" className={ui.button} onClick={cancelReading}>
        Cancel
      </button>
    </div>
  );
}

/** "42 images: 26 train, 8 validate, 8 test." */
function partsText(album: Album, seed: number): string {
  const parts = albumParts(album, seed).flat();
  const of = (name: PartName) => count(parts.filter((part) => part === name).length);
  return `${count(parts.length)} images: ${of("train")} train, ${of("validation")} validate, ${of("test")} test.`;
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
          This experiment learns from images with check sum {wanted}, which stay on the machine of
          whoever has them. Load their .album file or the same folder of images
          {held > 0
            ? `, or use your own (check sum ${albumFingerprint(album)}):`
            : ", or add your own."}
        </span>
        {held > 0 ? (
          <button type="button" className={ui.button} onClick={() => learnFromPictures(engine)}>
            Use these images
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
