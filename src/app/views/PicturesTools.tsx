// Above the classes of a learner's own images: what adds, takes back, clears, and the way into and out of a file.
import { mostClasses } from "../../data/album/album";
import { useEngine } from "../engine/context";
import { chosenFiles } from "../engine/droppedEntries";
import {
  addClass,
  changeAlbum,
  redoPictures,
  savePictures,
  undoPictures,
} from "../engine/ownPictures";
import { takePictures } from "../engine/takePictures";
import { emptyAlbum, usePictures } from "../store/pictures";
import ui from "../ui/ui.module.css";
import { FileChooser } from "./FileChooser";
import styles from "./pictures.module.css";

export function PicturesTools() {
  const engine = useEngine();
  const { album, past, future } = usePictures();
  const untouched = album === emptyAlbum;
  const take = (files: readonly File[]) => void takePictures(engine, chosenFiles(files), null);
  const action = (text: string, disabled: boolean, act: () => void, sign?: string) => (
    <button
      type="button"
      className={ui.button}
      disabled={disabled}
      onClick={act}
      {...(sign ? { title: text, "aria-label": text } : {})}
    >
      {sign ?? text}
    </button>
  );
  return (
    <div className={styles.tools}>
      <FileChooser
        label="Folder of class folders"
        text="Folder…"
        title="Load a folder whose subfolders are the classes"
        folder
        onFiles={take}
      />
      {action("Undo", past.length === 0, () => undoPictures(engine), "↶")}
      {action("Redo", future.length === 0, () => redoPictures(engine), "↷")}
      {action("Clear", untouched, () => changeAlbum(engine, emptyAlbum))}
      {action("Save", untouched, () => void savePictures())}
      <FileChooser
        label="Zip archive or saved .album file"
        text="Load"
        accept=".album,.gz,.zip"
        title="Load a zip archive of class folders, or a saved .album file"
        onFiles={take}
      />
    </div>
  );
}

/** Below the classes: room for another. */
export function AddClass() {
  const engine = useEngine();
  const classes = usePictures(({ album }) => album.length);
  if (classes >= mostClasses) return null;
  return (
    <li>
      <button type="button" className={styles.add} onClick={() => addClass(engine)}>
        + Add class
      </button>
    </li>
  );
}
