// What `npm run bench` can be told.
import { parseArgs } from "node:util";
import { InputError } from "../src/cli/errors";
import { comparisons } from "./entries";

export const partNames = [
  ...comparisons.map(({ id }) => id),
  "products",
  "telemetry",
  "optimizer",
  "live",
  "responsiveness",
  "start",
] as const;

export interface BenchArguments {
  readonly help: boolean;
  readonly quick: boolean;
  readonly json: string | null;
  /** Parts to measure. */
  readonly parts: ReadonlySet<string>;
}

export const usage = `Usage: npm run bench [-- --quick] [--json FILE] [--only PART,PART…]

  --quick      about a minute: few rounds, without the comparisons on a graphics card played by the processor
  --json FILE  writes every figure of every round
  --only       some parts: ${partNames.join(", ")}

Needs a build of the page: npm run build (npm start and npm test make one).`;

/** @throws InputError for anything that cannot be used. */
export function readArguments(words: readonly string[]): BenchArguments {
  const { quick, json, only, help } = parse(words);
  const emulated = new Set(comparisons.filter((one) => one.emulated).map(({ id }) => id));
  const wanted = only?.split(",").map((part) => part.trim());
  const unknown = wanted?.find((part) => !partNames.includes(part));
  if (unknown !== undefined) {
    throw new InputError(
      `--only ${unknown}: there is no such part. Allowed: ${partNames.join(", ")}.`,
    );
  }
  const usual = partNames.filter((part) => !(quick && emulated.has(part)));
  return { help, quick, json: json ?? null, parts: new Set(wanted ?? usual) };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        quick: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
        json: { type: "string" },
        only: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${usage}`);
  }
}
