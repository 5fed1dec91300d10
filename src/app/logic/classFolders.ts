// Which class a file belongs to by the folders it lies in: the folder around it names the class.
import { longestName, tidyName } from "../../data/album/album";

/** A file with the folders around it, the outermost first and its own name last. */
export interface PlacedFile<F = File> {
  readonly file: F;
  readonly path: readonly string[];
}

interface Sorted<F> {
  readonly files: readonly { readonly file: F; readonly className: string }[];
  /** Why files were left out, a sentence each. */
  readonly problems: readonly string[];
}

/** What systems put beside pictures without being asked. */
function isClutter(path: readonly string[]): boolean {
  const name = path.at(-1) as string;
  return (
    name.startsWith(".") ||
    /^(thumbs\.db|desktop\.ini)$/i.test(name) ||
    path.some((folder) => folder === "__MACOSX")
  );
}

const byPath = new Intl.Collator("en", { numeric: true });

/** A folder's name as a class can have it. */
function classOf(folder: string): string {
  return tidyName(tidyName(folder).slice(0, longestName)) || "unnamed";
}

/**
 * Sorts files by the folders around them, in the order of their names, numbers by their value.
 * A single folder without folders in it belongs to the class it was dropped on.
 * @param target the class that they were dropped on or chosen for; null for none
 */
export function sortByFolder<F>(
  placed: readonly PlacedFile<F>[],
  target: string | null,
): Sorted<F> {
  const wanted = placed
    .filter(({ path }) => !isClutter(path))
    .sort((a, b) => byPath.compare(a.path.join("/"), b.path.join("/")));
  const folders = new Set(wanted.map(({ path }) => path.slice(0, -1).join("/")));
  const single = folders.size === 1;
  const loose: string[] = [];
  const beside: string[] = [];
  const files: { file: F; className: string }[] = [];
  for (const { file, path } of wanted) {
    const around = path.slice(0, -1).join("/");
    const folder = path.at(-2);
    const hasFolders = [...folders].some((other) => other.startsWith(`${around}/`));
    if (folder === undefined || (single && target !== null)) {
      if (target === null) loose.push(path.join("/"));
      else files.push({ file, className: target });
    } else if (hasFolders) beside.push(path.join("/"));
    else files.push({ file, className: classOf(folder) });
  }
  return { files, problems: [...complain(loose, outside), ...complain(beside, between)] };
}

const outside = (names: string, many: boolean) =>
  `${names} ${many ? "were" : "was"} dropped beside the classes. Drop pictures onto the class that they belong to, or a folder whose subfolders are the classes.`;
const between = (names: string, many: boolean) =>
  `${names} ${many ? "lie" : "lies"} beside folders of classes and ${many ? "were" : "was"} left out: put ${many ? "them" : "it"} into one of them.`;

function complain(
  names: readonly string[],
  words: (names: string, many: boolean) => string,
): string[] {
  const [first] = names;
  if (first === undefined) return [];
  const more = names.length - 1;
  const rest = more === 1 ? ` and ${names[1]}` : ` and ${more} more files`;
  return [words(more > 0 ? first + rest : first, more > 0)];
}
