// `npm run bench`: measures ours against others and what must stay fast, in a real Chromium, and prints it.
import { closeSync, openSync, writeFileSync } from "node:fs";
import { exitCode, InputError, runCommand } from "../src/cli/errors";
import { readArguments, usage } from "./arguments";
import { measureContenders } from "./contenders";
import { type LiveResult, measureLive } from "./live";
import { reportText } from "./report";
import { measureResponsiveness } from "./responsiveness";
import type { BenchResults } from "./results";
import { measureStart } from "./start";

function checkWritable(file: string): void {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    throw new InputError(`--json ${file} cannot be written: ${(error as Error).message}`);
  }
}

const started = performance.now();
function say(text: string): void {
  console.error(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`);
}

async function main(): Promise<number> {
  const { help, quick, json, parts } = readArguments(process.argv.slice(2));
  if (help) {
    console.log(usage);
    return exitCode.done;
  }
  if (json !== null) checkWritable(json);
  const contenders = await measureContenders(parts, quick, say);
  const live: LiveResult[] = [];
  if (parts.has("live")) {
    for (const backend of ["wasm", "cpu"] as const) {
      say(`2-8-8-1 on the live page, ${backend}`);
      live.push(await measureLive(backend, quick ? 4 : 6));
    }
  }
  let responsiveness: BenchResults["responsiveness"] = null;
  if (parts.has("responsiveness")) {
    say("long tasks on the page");
    responsiveness = await measureResponsiveness(quick ? 6 : 30);
  }
  let start: BenchResults["start"] = null;
  if (parts.has("start")) {
    say("start of the page");
    start = await measureStart(quick ? 4 : 9);
  }
  const results: BenchResults = { ...contenders, live, responsiveness, start };
  console.log(reportText(results));
  if (json !== null) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);
  return exitCode.done;
}

await runCommand(main);
