// `npm run golden`: every reference case of a folder through the project's own training code, one line each.
import "./quiet";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Tolerance } from "../golden/deviations";
import type { GoldenResult } from "../golden/run";
import { type BackendName, backendNames } from "../training/backends/backend";
import { exitCode, InputError, runCommand } from "./errors";
import { runCasesInBrowser } from "./goldenBrowser";
import { runCasesHere } from "./goldenHere";
import { alignColumns } from "./table";

const usage = `Usage: npm run --silent golden -- FOLDER [--backend cpu|wasm|webgpu|webgl]

Reads every .json file of FOLDER and compares what training gives with what the file records.
cpu and wasm run in Node, webgpu and webgl in a headless browser (emulated on the processor where there is no graphics card).
Exit code: 0 none failed, 1 a case failed, 2 bad input.`;

/** Limits of |ours − theirs|: processors keep float32 throughout, graphics cards may reorder and approximate. */
const tolerances: Readonly<Record<BackendName, Tolerance>> = {
  cpu: { absolute: 1e-5, relative: 1e-4 },
  wasm: { absolute: 1e-5, relative: 1e-4 },
  webgpu: { absolute: 5e-5, relative: 5e-4 },
  webgl: { absolute: 5e-5, relative: 5e-4 },
};

/** A reference file with its parsed content. */
export interface GoldenFile {
  readonly name: string;
  readonly content: unknown;
}

function readFolder(folder: string): GoldenFile[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "index.json");
  } catch {
    throw new InputError(`The folder "${folder}" cannot be read. ${usage}`);
  }
  if (names.length === 0) throw new InputError(`The folder "${folder}" holds no .json files.`);
  return names.sort().map((name) => {
    try {
      return { name, content: JSON.parse(readFileSync(join(folder, name), "utf8")) };
    } catch (error) {
      throw new InputError(`${join(folder, name)} is not JSON: ${(error as Error).message}`);
    }
  });
}

function readArguments(): { folder: string; backend: BackendName } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { backend: { type: "string", default: "cpu" } },
    });
    const backend = backendNames.find((name) => name === values.backend);
    if (!backend)
      throw new Error(
        `--backend is "${values.backend}": it must be one of ${backendNames.join(", ")}.`,
      );
    const [folder, ...rest] = positionals;
    if (folder === undefined || rest.length > 0) throw new Error("Exactly one folder is needed.");
    return { folder, backend };
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${usage}`);
  }
}

const shown = (error: number) => (Number.isNaN(error) ? "–" : error.toExponential(1));

async function main(): Promise<number> {
  const { folder, backend } = readArguments();
  const files = readFolder(folder);
  const tolerance = tolerances[backend];
  const inBrowser = backend === "webgpu" || backend === "webgl";
  const results: readonly GoldenResult[] = inBrowser
    ? await runCasesInBrowser(files, backend, tolerance)
    : await runCasesHere(files, backend, tolerance);
  console.log(
    alignColumns([
      ["case", "losses", "weights", "outcome"],
      ...results.map(({ name, lossError, weightError, outcome, detail }) => [
        name.replace(/\.json$/, ""),
        shown(lossError),
        shown(weightError),
        outcome === "pass" ? "pass" : `${outcome}: ${detail}`,
      ]),
    ]),
  );
  const count = (outcome: GoldenResult["outcome"]) =>
    results.filter((result) => result.outcome === outcome).length;
  console.log(
    `\n${backend}: ${count("pass")} pass, ${count("fail")} fail, ${count("not supported yet")} not supported yet. ` +
      `Errors are |ours − reference| / (|reference| + ${tolerance.absolute / tolerance.relative}); the limit is ${tolerance.relative}.`,
  );
  return count("fail") > 0 ? exitCode.failed : exitCode.done;
}

await runCommand(main);
