// Which class a file belongs to by the folders it lies in: the folder around it names the class.
import { longestName, tidyName } from "./album";
import type { RefusedFile } from "./judge";

/** A file with the folders around it, the outermost first and its own name last. */
export interface PlacedFile<F> {
  readonly file: F;
  readonly path: readonly string[];
}

interface Sorted<F> {
  readonly files: readonly { readonly file: F; readonly className: string }[];
  /** Files that belong to no class. */
  readonly refused: readonly RefusedFile[];
}

/** What systems put beside images without being asked. */
export function isClutter(path: readonly string[]): boolean {
  const name = path.at(-1) as string;
  return (
    name.startsWith(".") ||
    /^(thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r)$/i.test(name) ||
    path.some((folder) => folder === "__MACOSX" || folder === "@eaDir" || /^\.\w/.test(folder))
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
  const refused: RefusedFile[] = [];
  const files: { file: F; className: string }[] = [];
  for (const { file, path } of wanted) {
    const around = path.slice(0, -1).join("/");
    const folder = path.at(-2);
    const hasFolders = [...folders].some((other) => other.startsWith(`${around}/`));
    if (folder === undefined || (single && target !== null)) {
      if (target === null) refused.push({ file: path.join("/"), ...loose });
      else files.push({ file, className: target });
    } else if (hasFolders) refused.push({ file: path.join("/"), ...beside });
    else files.push({ file, className: classOf(folder) });
  }
  return { files, refused };
}

const loose = {
  kind: { one: "file without a class", many: "files without a class" },
  why: "lies in no folder, so that its class is not known",
  advice:
    "Drop images onto the class that they belong to, or a folder whose subfolders are the classes.",
};
const beside = {
  kind: { one: "file beside the class folders", many: "files beside the class folders" },
  why: "lies beside the folders of the classes",
  advice: "Put it into one of them.",
};
