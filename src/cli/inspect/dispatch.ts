// Decides what an argument of `inspect` is: an existing path by its content, everything else a link.
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { InputError } from "../errors";
import type { Found, Inspector } from "./kinds";

type Kind = "table" | "pictures" | "link";

export interface Printed {
  readonly found: Found;
  readonly text: string;
}

const modules = import.meta.glob<{ inspector?: Inspector }>([
  "./*.ts",
  "!./dispatch.ts",
  "!./kinds.ts",
  "!./*.test.ts",
]);

/** Reads one argument. @throws an error with a message for the user where nothing can be read. */
export async function inspectArgument(argument: string): Promise<Printed> {
  const kind = existsSync(argument) ? kindOfPath(argument) : "link";
  const inspector = await modules[`./${kind}.ts`]?.().then((module) => module.inspector);
  if (!inspector) throw new InputError(`${argument}: ${kind} cannot be inspected yet.`);
  const found = await inspector.inspect(argument);
  return { found, text: inspector.print(found, argument) };
}

/** First bytes of the picture formats that people have; no text begins like that. */
const pictureSigns: readonly (readonly [offset: number, bytes: string])[] = [
  [0, "\x89PNG"],
  [0, "\xff\xd8\xff"],
  [0, "GIF87a"],
  [0, "GIF89a"],
  [0, "II*\0"],
  [0, "MM\0*"],
  [0, "\0\0\x01\0"],
  [4, "ftyp"],
  [8, "WEBP"],
];
/** Names that tell pictures where the bytes do not: a table's first column may be called "BMI". */
const pictureNames = /\.(png|jpe?g|gif|bmp|webp|avif|hei[cf]|tiff?|svg|ico|zip)$/i;
const zipSign = "PK";
const tableNames = /\.(csv|tsv|tab|txt|dat|data|xlsx|ods)$/i;

/** @returns what a file or folder holds, by its first bytes; the name decides where they say nothing */
export function kindOfPath(path: string): Exclude<Kind, "link"> {
  const stat = statSync(path);
  if (stat.isDirectory()) return "pictures";
  if (!stat.isFile()) throw new InputError(`${path} is neither a file nor a folder.`);
  const start = firstBytes(path);
  if (pictureSigns.some(([offset, bytes]) => start.startsWith(bytes, offset))) return "pictures";
  if (tableNames.test(path)) return "table";
  return pictureNames.test(path) || start.startsWith(zipSign) ? "pictures" : "table";
}

function firstBytes(path: string): string {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(16);
    return buffer.toString("latin1", 0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}
