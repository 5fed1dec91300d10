// `npm run bench`: measures what must stay fast, in a real Chromium, and prints it.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measureResponsiveness, type Responsiveness } from "./responsiveness";

const usage = `Usage: npm run bench [-- --quick] [--json FILE]

Builds nothing: run "npm run build" first (npm start and npm test do).`;

function readArguments() {
  try {
    return parseArgs({
      options: { quick: { type: "boolean", default: false }, json: { type: "string" } },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

function print(result: Responsiveness): void {
  const { longTasks, longestMilliseconds, seconds, stepsPerSecond, experiment } = result;
  console.log(`${experiment}, WASM, training at full speed for ${seconds} s after warm-up:`);
  console.log(`  main-thread tasks above 50 ms: ${longTasks} (goal: 0)`);
  console.log(
    `  longest such task: ${longTasks === 0 ? "–" : `${longestMilliseconds.toFixed(0)} ms`}`,
  );
  console.log(`  steps per second: ${stepsPerSecond}`);
}

const { quick, json } = readArguments();
const responsiveness = await measureResponsiveness(quick ? 8 : 30);
print(responsiveness);
if (json !== undefined) writeFileSync(json, `${JSON.stringify({ responsiveness }, null, 2)}\n`);
process.exit(0);
