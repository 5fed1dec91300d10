// `npm run golden`: every reference case of a folder through the project's own training code, one line each.
import "./quiet";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { GoldenResult } from "../golden/run";
import { type BackendName, backendNames } from "../training/backends/backend";
import { exitCode, InputError, runCommand } from "./errors";
import { runCasesInBrowser } from "./goldenBrowser";
import type { GoldenFile, TimedResult } from "./goldenFiles";
import { runCasesHere } from "./goldenHere";
import { alignColumns } from "./table";

const usage = `Usage: npm run --silent golden -- FOLDER [--backend cpu|wasm|webgpu|webgl]

Reads every .json file of FOLDER and compares what training gives with what the file records.
cpu and wasm run in Node, webgpu and webgl in a headless browser (emulated on the processor where there is no graphics card).
Exit code: 0 none failed, 1 a case failed, 2 bad input.`;

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

const shown = (error: number | null) => (error === null ? "–" : error.toExponential(1));

/** A limit of 0 means that both must be equal. */
const shownLimit = (limit: number | null) => (limit === 0 ? "equal" : shown(limit));

function print(results: readonly TimedResult[], backend: BackendName): void {
  console.log(
    alignColumns([
      ["case", "kind", "largest error", "limit", "numbers", "replayed steps", "ms", "outcome"],
      ...results.map(({ name, family, error, limit, compared, replayed, ...rest }) => [
        name.replace(/\.json$/, ""),
        family ?? "–",
        shown(error),
        shownLimit(limit),
        String(compared),
        replayed ?? "–",
        rest.milliseconds.toFixed(0),
        rest.outcome === "pass" ? "pass" : `${rest.outcome}: ${rest.detail}`,
      ]),
    ]),
  );
  const count = (outcome: GoldenResult["outcome"]) =>
    results.filter((result) => result.outcome === outcome).length;
  const seconds = results.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  console.log(
    `\n${backend}: ${count("pass")} pass, ${count("fail")} fail, ${count("not supported yet")} not supported yet, ${seconds.toFixed(1)} s. ` +
      "The error is |ours − reference| where it comes nearest to its limit.",
  );
}

async function main(): Promise<number> {
  const { folder, backend } = readArguments();
  const files = readFolder(folder);
  const inBrowser = backend === "webgpu" || backend === "webgl";
  const results = inBrowser
    ? await runCasesInBrowser(files, backend)
    : await runCasesHere(files, backend);
  print(results, backend);
  const failed = results.some(({ outcome }) => outcome === "fail");
  return failed ? exitCode.failed : exitCode.done;
}

await runCommand(main);
