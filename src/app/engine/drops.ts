// Files dropped anywhere on the page: taken where the data set reads files, and never opened by the browser in the page's place.
import { describeTask } from "../../experiment/tasks";
import { usePage } from "../store/page";
import { useSettings } from "../store/settings";
import { entriesOf } from "./droppedEntries";
import type { Engine } from "./engine";
import { bringTable, isTable, takeFiles, takeTable } from "./ownTable";

/** Browsers tell of files over the page several times a second; after this pause they are gone. */
const goneAfter = 700;

function bringsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

function readsFiles(): boolean {
  return describeTask(useSettings.getState().experiment.data).origin === "files";
}

/** Pictures go to the class that they fall on; folders bring their classes along. */
async function takeDroppedPictures(engine: Engine, event: DragEvent): Promise<void> {
  const dropped = entriesOf(event.dataTransfer);
  const place = event.target instanceof Element && event.target.closest("[data-picture-class]");
  const kind = place ? Number(place.getAttribute("data-picture-class")) : null;
  const { takeDropped } = await import("./takePictures");
  await takeDropped(engine, dropped, kind);
}

/** Listens for files. @returns stops */
export function listenToDrops(engine: Engine): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const gone = () => {
    clearTimeout(timer);
    usePage.getState().setDropping(false);
  };
  const hover = (event: DragEvent) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    usePage.getState().setDropping(true);
    clearTimeout(timer);
    timer = setTimeout(gone, goneAfter);
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) gone();
  };
  const drop = (event: DragEvent) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    gone();
    const files = [...(event.dataTransfer?.files ?? [])];
    const { kind } = useSettings.getState().experiment.data;
    // The entries of a drop can be read only while its event is handled.
    const pictures = kind === "ownPictures" && (files.length === 0 || !files.every(isTable));
    if (pictures) return void takeDroppedPictures(engine, event);
    void bringTable(files).then((table) => {
      if (table) void takeTable(engine, files);
      else if (readsFiles()) takeFiles(engine, files);
    });
  };
  document.addEventListener("dragover", hover);
  document.addEventListener("dragleave", leave);
  document.addEventListener("drop", drop);
  return () => {
    gone();
    document.removeEventListener("dragover", hover);
    document.removeEventListener("dragleave", leave);
    document.removeEventListener("drop", drop);
  };
}
