// Pictures on their way into classes: which fit, which classes are made for them, which empty ones give way.
import {
  type Album,
  type AlbumPicture,
  countPictures,
  fewestClasses,
  freshName,
  mostClasses,
  mostPictures,
} from "../../data/album/album";
import type { RefusedFile } from "../../data/album/judge";

/** A file with the name of the class that it is for. */
export interface SortedFile<F> {
  readonly file: F;
  readonly className: string;
}

const kind = { one: "file for which there is no room", many: "files for which there is no room" };

/**
 * The files for which there is room among classes and pictures, and the rest.
 * @param nameOf a file's name for people
 */
export function withinLimits<F>(
  album: Album,
  files: readonly SortedFile<F>[],
  nameOf: (file: F) => string,
) {
  const refused: RefusedFile[] = [];
  const names = album.map(({ name }) => name.toLowerCase());
  const fits = ({ file, className }: SortedFile<F>) => {
    const name = className.toLowerCase();
    if (!names.includes(name) && names.length < mostClasses) names.push(name);
    if (names.includes(name)) return true;
    const why = `is of class "${className}": there are ${mostClasses} classes, and more are not allowed`;
    refused.push({ file: nameOf(file), kind, why, advice: "Remove classes first." });
    return false;
  };
  const placed = files.filter(fits);
  const held = countPictures(album);
  const room = Math.max(0, mostPictures - held);
  for (const { file } of placed.slice(room)) {
    const why = `is beyond the ${mostPictures} images that are allowed`;
    refused.push({ file: nameOf(file), kind, why, advice: "Remove some images first." });
  }
  return { files: placed.slice(0, room), refused };
}

/** Adds pictures to the classes of these names; those that do not exist yet are made. @param pictures one per file, null for those left out */
export function withPictures(
  album: Album,
  files: readonly SortedFile<unknown>[],
  pictures: readonly (AlbumPicture | null)[],
): Album {
  const classes = album.map((one) => ({ ...one, pictures: [...one.pictures] }));
  files.forEach(({ className }, at) => {
    const picture = pictures[at];
    if (!picture) return;
    let home = classes.find(({ name }) => name.toLowerCase() === className.toLowerCase());
    if (!home) {
      home = { name: className, pictures: [] };
      classes.push(home);
    }
    home.pictures.push(picture);
  });
  return classes;
}

/** Empty classes that nobody named make room for those of folders. */
export function withoutSpare(album: Album, files: readonly SortedFile<unknown>[]): Album {
  const wanted = new Set(files.map(({ className }) => className.toLowerCase()));
  const added = [...wanted].some((name) => !album.some((one) => one.name.toLowerCase() === name));
  if (!added) return album;
  return album.filter(
    ({ name, pictures }) =>
      pictures.length > 0 || wanted.has(name.toLowerCase()) || !/^class \d+$/.test(name),
  );
}

/** Fills up to the fewest classes there may be. */
export function withEnough(album: Album): Album {
  const classes = [...album];
  while (classes.length < fewestClasses) classes.push({ name: freshName(classes), pictures: [] });
  return classes;
}
