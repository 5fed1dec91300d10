// From picture files to a run: every change of the classes is kept, can be undone, and makes the settings plan a new run.
import {
  type Album,
  albumFingerprint,
  countPictures,
  fewestClasses,
  freshName,
  isAlbumOf,
  mostClasses,
  nameProblem,
  tidyName,
} from "../../data/album/album";
import { albumName, albumPieces, readAlbum } from "../../data/album/container";
import { withEnough } from "../logic/fillClasses";
import { keepAlbum, keptAlbum } from "../store/albumStore";
import { emptyAlbum, noPictures, usePictures } from "../store/pictures";
import { useRun } from "../store/run";
import { useSettings } from "../store/settings";
import type { Engine } from "./engine";

/** Steps that can be undone. */
const mostSteps = 30;

/** Check sum of the pictures that the engine was given last. */
let given: number | null = null;

/** Files of albums: engine and browser get the same one, which is copied once. */
const files = new WeakMap<Album, File>();

function fileOf(album: Album): File {
  const file = files.get(album) ?? new File(albumPieces(album), albumName);
  files.set(album, file);
  return file;
}

const held = () => usePictures.getState().album;

/** True where the experiment, as a link gave it, means other pictures than those at hand. */
export function meansOtherPictures(album: Album, wanted: number): boolean {
  return wanted !== 0 && !isAlbumOf(album, wanted);
}

/** Makes the pictures at hand those of the experiment; their run begins after a pause, as after every change of a setting. */
export function learnFromPictures(engine: Engine): void {
  const { data } = useSettings.getState().experiment;
  if (data.kind !== "ownPictures") return;
  const album = held();
  given = albumFingerprint(album);
  engine.give(countPictures(album) > 0 ? [fileOf(album)] : []);
  if (given === data.album) engine.restart();
  const refused = useSettings.getState().change([
    ["data.album", given],
    ["data.albumClasses", Math.max(fewestClasses, album.length)],
  ]);
  if (refused !== null) usePictures.setState({ problems: [refused] });
}

let keeping = false;

/** Keeps the pictures at hand; what changes meanwhile is kept once more. */
async function keep(): Promise<void> {
  if (keeping) return;
  keeping = true;
  let album: Album;
  do {
    album = held();
    usePictures.setState({ kept: await keepAlbum(album === emptyAlbum ? null : fileOf(album)) });
  } while (album !== held());
  keeping = false;
}

function show(engine: Engine, album: Album): void {
  usePictures.setState({ album, problems: [] });
  if (album === emptyAlbum) usePictures.setState({ refused: [], read: [], notes: [] });
  void keep();
  learnFromPictures(engine);
}

/** Replaces the classes by others; undo brings them back. */
export function changeAlbum(engine: Engine, album: Album): void {
  const { album: before, past } = usePictures.getState();
  usePictures.setState({ past: [...past, before].slice(-mostSteps), future: [] });
  show(engine, album);
}

/** Takes the last change back. */
export function undoPictures(engine: Engine): void {
  const { album, past, future } = usePictures.getState();
  const before = past.at(-1);
  if (!before) return;
  usePictures.setState({ past: past.slice(0, -1), future: [...future, album] });
  show(engine, before);
}

/** Makes the last change that was taken back again. */
export function redoPictures(engine: Engine): void {
  const { album, past, future } = usePictures.getState();
  const after = future.at(-1);
  if (!after) return;
  usePictures.setState({ past: [...past, album], future: future.slice(0, -1) });
  show(engine, after);
}

/** Adds an empty class with a name that no other has. */
export function addClass(engine: Engine): void {
  const album = held();
  if (album.length < mostClasses)
    changeAlbum(engine, [...album, { name: freshName(album), pictures: [] }]);
}

/** @param kind number of the class, from 0 */
export function removeClass(engine: Engine, kind: number): void {
  const album = held();
  if (album.length > fewestClasses)
    changeAlbum(
      engine,
      album.filter((_, at) => at !== kind),
    );
}

/** @param number of the picture within its class, from 0 */
export function removePicture(engine: Engine, kind: number, number: number): void {
  const without = (pictures: Album[number]["pictures"]) =>
    pictures.filter((_, at) => at !== number);
  changeAlbum(
    engine,
    held().map((one, at) => (at === kind ? { ...one, pictures: without(one.pictures) } : one)),
  );
}

/** Calls a class otherwise; a network that learned it stays what it is. @returns why it cannot, or null */
export function renameClass(engine: Engine, kind: number, name: string): string | null {
  const album = held();
  const tidy = tidyName(name);
  if (album[kind]?.name === tidy) return null;
  const others = album.filter((_, at) => at !== kind).map((other) => other.name);
  const problem = nameProblem(tidy, others);
  if (problem !== null) return problem;
  const { experiment, dataset } = useRun.getState();
  const renamed = album.map((one, at) => (at === kind ? { ...one, name: tidy } : one));
  const learned = experiment?.data;
  const fingerprint = albumFingerprint(album);
  if (dataset && learned?.kind === "ownPictures" && learned.album === fingerprint)
    useRun.setState({ dataset: { ...dataset, classNames: renamed.map((one) => one.name) } });
  const { past } = usePictures.getState();
  usePictures.setState({ album: renamed, past: [...past, album].slice(-mostSteps), future: [] });
  void keep();
  if (given === fingerprint && given !== 0) engine.give([fileOf(renamed)]);
  return null;
}

/** Hands the pictures to the browser as one packed file to keep or pass on. */
export async function savePictures(): Promise<void> {
  const packed = fileOf(held()).stream().pipeThrough(new CompressionStream("gzip"));
  const address = URL.createObjectURL(await new Response(packed).blob());
  const anchor = document.createElement("a");
  [anchor.href, anchor.download] = [address, albumName];
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Begins with what the browser kept: its run starts unless the experiment means other pictures. */
export async function openPictures(engine: Engine): Promise<void> {
  if (held() === emptyAlbum) {
    const file = await keptAlbum();
    const kept =
      file && (await readAlbum({ name: albumName, stream: file.stream() }).catch(() => null));
    // A drop may have been faster.
    if (kept && held() === emptyAlbum) usePictures.setState({ album: withEnough(kept) });
  }
  const album = held();
  const { data } = useSettings.getState().experiment;
  if (countPictures(album) === 0 || meansOtherPictures(album, data.album)) return;
  // Another data set may have been given other files since.
  engine.give([fileOf(album)]);
  // The panel opens again with every visit of its tab, which shall not cost the run.
  const lost = useRun.getState().failure?.kind === "data-missing";
  if (lost || given !== albumFingerprint(album)) learnFromPictures(engine);
}

/** Forgets the pictures of this page, not those of the browser: for tests. */
export function forgetPictures(): void {
  given = null;
  usePictures.setState(noPictures, true);
}
