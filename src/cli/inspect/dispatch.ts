// Decides what an argument of `inspect` is: an existing path by its content, everything else a link.
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { formatOf } from "../../data/album/format";
import { InputError } from "../errors";
import type { Found, Inspector } from "./kinds";

type Kind = "table" | "pictures" | "link";

export interface Printed {
  readonly found: Found;
  readonly text: string;
  /** Why nothing of it can be used; null where some can. */
  readonly unreadable: string | null;
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
  const unreadable = inspector.unreadable?.(found) ?? null;
  return { found, text: inspector.print(found, argument), unreadable };
}

/** Names that tell pictures where the bytes do not: a table's first column may be called "BMI". */
const pictureNames = /\.(png|jpe?g|gif|bmp|webp|avif|hei[cf]|tiff?|svg|ico|zip|album(\.gz)?)$/i;
const tableNames = /\.(csv|tsv|tab|txt|dat|data|xlsx|ods)$/i;

/** @returns what a file or folder holds, by its first bytes; the name decides where they say nothing */
export function kindOfPath(path: string): Exclude<Kind, "link"> {
  const stat = statSync(path);
  if (stat.isDirectory()) return "pictures";
  if (!stat.isFile()) throw new InputError(`${path} is neither a file nor a folder.`);
  const format = formatOf(firstBytes(path), path);
  // A spreadsheet's file is a zip archive.
  if (tableNames.test(path) && ["text", "unknown", "zip", "gzip"].includes(format)) return "table";
  if (pictureNames.test(path)) return "pictures";
  return ["text", "unknown", "gzip"].includes(format) ? "table" : "pictures";
}

function firstBytes(path: string): Uint8Array {
  const file = openSync(path, "r");
  try {
    const buffer = new Uint8Array(4096);
    return buffer.subarray(0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}
