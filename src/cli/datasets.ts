// `npm run datasets`: checks files of data sets and puts them into the site's folder, for a class without internet.
import "./quiet";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { DataMissingError } from "../data";
import { readPictureSet } from "../data/pictures/read";
import { type PictureKind, pictureSets } from "../data/pictures/sets";
import { officialFiles } from "../data/pictures/write";
import { exitCode, InputError, runCommand } from "./errors";
import { filesFromFolder } from "./folderSource";

const kinds = Object.keys(pictureSets) as PictureKind[];
const folders = kinds.map((kind) => pictureSets[kind].folder);

const usage = `Usage: npm run --silent datasets -- FOLDER [--as SET] [--to FOLDER]

Reads every data set that FOLDER, or a folder in it, holds in any form (idx files, CIFAR-10 batches or their tar.gz,
sprites with labels), checks it, and writes it where the page looks first.
  --as SET      which set the files right in FOLDER are: ${folders.join(", ")}; needed for idx files,
                whose names are the same for MNIST and Fashion-MNIST
  --to FOLDER   default public/datasets: part of the next build, never of the repository`;

interface Found {
  readonly kind: PictureKind;
  readonly folder: string;
}

/** Which set a folder is by its name. */
function kindNamed(name: string): PictureKind | undefined {
  return kinds.find((kind) => pictureSets[kind].folder === name.toLowerCase());
}

/** The folders to be looked through, each for one set. */
function places(folder: string, as: string | undefined): Found[] {
  if (as !== undefined) {
    const kind = kindNamed(as);
    if (!kind) throw new InputError(`--as is "${as}": it must be one of ${folders.join(", ")}.`);
    return [{ kind, folder }];
  }
  const named = kindNamed(basename(folder));
  if (named) return [{ kind: named, folder }];
  const inside = kinds
    .map((kind) => ({ kind, folder: join(folder, pictureSets[kind].folder) }))
    .filter((found) => existsSync(found.folder));
  if (inside.length > 0) return inside;
  // Names tell CIFAR-10 and sprites, but not whose idx files they are.
  if (
    existsSync(join(folder, "train-labels-idx1-ubyte")) ||
    existsSync(join(folder, "train-labels-idx1-ubyte.gz"))
  ) {
    throw new InputError(
      `The idx files in ${folder} may be MNIST's or Fashion-MNIST's: say which with --as mnist or --as fashion-mnist.`,
    );
  }
  return kinds.map((kind) => ({ kind, folder }));
}

/** Reads, checks and writes one set. @returns false when the folder does not hold it */
async function convert({ kind, folder }: Found, target: string): Promise<boolean> {
  const set = pictureSets[kind];
  const pools = await readPictureSet(kind, filesFromFolder(folder, kind)).catch(
    (error: unknown) => {
      if (error instanceof DataMissingError) return null;
      throw error;
    },
  );
  if (!pools) return false;
  const own = join(target, set.folder);
  mkdirSync(own, { recursive: true });
  console.log(
    `${set.title}: ${pools.train.count} training and ${pools.test.count} test pictures from ${folder}`,
  );
  for (const { name, content, packed } of officialFiles(pools, set.format)) {
    const file = join(own, packed ? `${name}.gz` : name);
    writeFileSync(file, packed ? gzipSync(content) : content);
    console.log(`  ${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
  }
  return true;
}

async function main(): Promise<number> {
  const { values, positionals } = parse();
  if (values.help) {
    console.log(usage);
    return exitCode.done;
  }
  const [folder, ...rest] = positionals;
  if (folder === undefined) throw new InputError(`No folder given.\n\n${usage}`);
  if (rest.length > 0)
    throw new InputError(`One folder at a time: "${rest.join(" ")}" is too much.`);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new InputError(`There is no folder "${folder}".`);
  }
  const target = values.to ?? join("public", "datasets");
  let written = 0;
  for (const place of places(folder, values.as)) if (await convert(place, target)) written++;
  if (written > 0) return exitCode.done;
  throw new InputError(`${folder} holds no whole data set in any form.\n\n${usage}`);
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { as: { type: "string" }, to: { type: "string" }, help: { type: "boolean" } },
    });
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${usage}`);
  }
}

await runCommand(main);
