// `npm run bench:device`: the comparisons on WebGPU in Node, on a real graphics card through Dawn, as a section for RESULTS.md.
import "../src/cli/quiet";
import { appendFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { exitCode, InputError, runCommand } from "../src/cli/errors";
import { type ComparisonResult, runComparison } from "./compare";
import { serveContender } from "./contenderProcess";
import { checkDevice } from "./deviceChecks";
import { deviceSection } from "./deviceReport";
import { comparisons } from "./entries";
import { describeMachine } from "./machine";
import { NoDeviceError, provideDevice } from "./nodeDevice";
import { contenderWord, processContenders } from "./processContenders";

const usage = `Usage: npm run --silent bench:device [-- --quick] [--json FILE] [--section FILE]

Measures this project's replayed steps against stock TensorFlow.js and jax-js on WebGPU in Node, and checks its own programs
on the card. Needs the package webgpu, which is not among the project's own: npm install --no-save webgpu

  --quick         few rounds, MLP only
  --json FILE     writes every figure of every round
  --section FILE  appends the printed section, for instance to bench/RESULTS.md

Exit code: 0 measured, 1 no graphics card, or a program of ours gives wrong numbers on it, 2 bad input.`;

const started = performance.now();
function say(text: string): void {
  console.error(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        quick: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
        json: { type: "string" },
        section: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${usage}`);
  }
}

async function measure(): Promise<number> {
  const { quick, help, json, section } = readOptions();
  if (help) {
    console.log(usage);
    return exitCode.done;
  }
  const machine = describeMachine(`Node ${process.versions.node}`);
  const device = await provideDevice();
  say(`graphics card: ${device.name}`);
  const checks = await checkDevice(say);
  const opener = processContenders(process.argv[1] as string);
  const compared: ComparisonResult[] = [];
  for (const comparison of comparisons.filter(({ emulated }) => emulated)) {
    if (quick && comparison.network !== "mlp") continue;
    const plan = { quick, rounds: quick ? 3 : 25, warmUpSteps: 20, roundMilliseconds: 300 };
    // A card played by the processor takes seconds for a step.
    const short = { quick, rounds: 2, warmUpSteps: 3, roundMilliseconds: 300 };
    const chosen = device.software ? short : plan;
    compared.push(await runComparison(opener, comparison, chosen, say));
  }
  const text = deviceSection({ machine, device, checks, comparisons: compared });
  console.log(text);
  if (section !== undefined) appendFileSync(section, `\n${text}\n`);
  if (json !== undefined) {
    const all = { machine, device, checks, comparisons: compared };
    writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
  }
  return checks.every(({ good }) => good) ? exitCode.done : exitCode.failed;
}

async function main(): Promise<number> {
  const [word, name] = process.argv.slice(2);
  if (word === contenderWord && name !== undefined) {
    await serveContender(name);
    return exitCode.done;
  }
  try {
    return await measure();
  } catch (error) {
    if (!(error instanceof NoDeviceError)) throw error;
    console.error(error.message);
    return exitCode.failed;
  }
}

await runCommand(main);
