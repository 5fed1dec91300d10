// One class of a learner's own images: its name, how many there are, what the network sees of them, ways to add and remove.
import { type KeyboardEvent, memo, useEffect, useRef, useState } from "react";
import {
  type AlbumClass,
  type AlbumPicture,
  fewestClasses,
  longestName,
} from "../../data/album/album";
import { seenPixels } from "../../data/album/seen";
import { useEngine } from "../engine/context";
import { chosenFiles } from "../engine/droppedEntries";
import { removeClass, removePicture, renameClass } from "../engine/ownPictures";
import { takePictures } from "../engine/takePictures";
import { count } from "../logic/figures";
import { usePage } from "../store/page";
import { usePictures } from "../store/pictures";
import { useSettings } from "../store/settings";
import { useRoving } from "../ui/roving";
import { FileChooser } from "./FileChooser";
import { Pixels } from "./Pixels";
import styles from "./pictures.module.css";

/** Pictures that are shown before all are asked for. */
const shownAtFirst = 14;

interface Props {
  readonly held: AlbumClass;
  /** Number of the class, from 0. */
  readonly kind: number;
}

export function PictureClass({ held, kind }: Props) {
  const engine = useEngine();
  const classes = usePictures(({ album }) => album.length);
  const dropping = usePage((page) => page.dropping);
  const { name, pictures } = held;
  return (
    <li
      className={`${styles.class} ${dropping ? styles.target : ""}`}
      data-picture-class={kind}
      aria-label={name}
    >
      <div className={styles.head}>
        <Name name={name} kind={kind} />
        <span className={styles.count}>{count(pictures.length)}</span>
        <FileChooser
          label={`Image files for ${name}`}
          text="Add…"
          title={`Add images to ${name}`}
          accept="image/*,.heic,.heif,.svg,.zip"
          onFiles={(files) => void takePictures(engine, chosenFiles(files), kind)}
        />
        <button
          type="button"
          className={styles.remove}
          aria-label={`Remove the class ${name}`}
          title={
            classes > fewestClasses
              ? `Remove the class ${name}`
              : `At least ${fewestClasses} classes are needed`
          }
          disabled={classes <= fewestClasses}
          onClick={() => removeClass(engine, kind)}
        >
          ×
        </button>
      </div>
      {pictures.length > 0 ? (
        <Pictures held={held} kind={kind} />
      ) : (
        <p className={styles.empty}>Drop images here, or choose them with the button.</p>
      )}
    </li>
  );
}

/** The name takes effect with Enter or on leaving the field; Escape brings the old one back. */
function Name({ name, kind }: { readonly name: string; readonly kind: number }) {
  const engine = useEngine();
  const [text, setText] = useState(name);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    setText(name);
    setProblem(null);
  }, [name]);
  const commit = () => {
    const refused = renameClass(engine, kind, text);
    setProblem(refused);
    if (refused === null) setText((typed) => typed.trim().replace(/\s+/g, " "));
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") commit();
    if (event.key !== "Escape") return;
    setText(name);
    setProblem(null);
  };
  return (
    <>
      <input
        className={styles.name}
        aria-label={`Name of class ${kind + 1}`}
        aria-invalid={problem !== null}
        value={text}
        maxLength={longestName}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={press}
      />
      {problem ? <Refused problem={problem} /> : null}
    </>
  );
}

/** Why a name cannot be, brought into view where the list has scrolled it out. */
function Refused({ problem }: { readonly problem: string }) {
  const box = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, another look
  useEffect(() => {
    box.current?.scrollIntoView?.({ block: "nearest" });
  }, [problem]);
  return (
    <span className={styles.refused} role="alert" ref={box}>
      {problem}
    </span>
  );
}

function Pictures({ held, kind }: Props) {
  const engine = useEngine();
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const { name, pictures } = held;
  const shown = all ? pictures : pictures.slice(0, shownAtFirst);
  const { current, setCurrent, onKeyDown } = useRoving(shown.length);
  const remove = (number: number) => {
    removePicture(engine, kind, number);
    // The keyboard stays where it was: on the next picture, or the last.
    const after = Math.min(number, pictures.length - 2);
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLElement>("[data-roving]")[after]?.focus(),
    );
  };
  return (
    <ul
      className={styles.pictures}
      aria-label={`Images of ${name}`}
      ref={list}
      onKeyDown={onKeyDown}
    >
      {shown.map((picture, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same picture may be there twice
        <li key={`${picture.sum} ${number}`}>
          <button
            type="button"
            data-roving
            tabIndex={number === current ? 0 : -1}
            aria-label={`Remove image ${number + 1} of ${name}`}
            title={`Image ${number + 1} of ${name}, as the network sees it. Click it, or press Delete, to remove it.`}
            onFocus={() => setCurrent(number)}
            onClick={() => remove(number)}
            onKeyDown={({ key }) => {
              if (key === "Delete" || key === "Backspace") remove(number);
            }}
          >
            <Seen picture={picture} />
          </button>
        </li>
      ))}
      {pictures.length > shownAtFirst ? (
        <li className={styles.more}>
          <button type="button" onClick={() => setAll(!all)}>
            {all ? "fewer" : `all ${count(pictures.length)}`}
          </button>
        </li>
      ) : null}
    </ul>
  );
}

/** A picture at the size and in the colours that the experiment asks for. */
const Seen = memo(function Seen({ picture }: { readonly picture: AlbumPicture }) {
  const side = useSettings(({ experiment }) => Number(experiment.data.albumSide));
  const grey = useSettings(({ experiment }) => experiment.data.albumColours === "grey");
  const channels = grey ? 1 : 3;
  return (
    <Pixels
      id={`${picture.sum} ${side} ${channels}`}
      pixels={seenPixels(picture.pixels, side, channels)}
      form={{ width: side, height: side, channels }}
    />
  );
});
