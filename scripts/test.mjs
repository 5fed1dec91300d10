// `npm test`: installs what is missing, then every check, each on its own; ends with the sum of passed and failed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { countBrowser, countUnit, summary } from "./counts.mjs";
import { ensureEngines } from "./engines.mjs";
import { ensureInstalled, root } from "./ensure.mjs";
import { dependsOnNode, findNewestLts, newestLts } from "./otherNode.mjs";

await ensureInstalled();
process.env.CHROMIUM_PATH = await ensureBrowser();
process.env.TEST_ENGINES = JSON.stringify(await ensureEngines());
if (process.argv.includes("--all")) process.env.TEST_ALL = "1";
// Another checkout's tests may run beside these.
process.env.E2E_PORT ??= String(await freePort());

const results = join(root, ".cache", "results");
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const unitFile = join(results, "unit.json");
const otherUnitFile = join(results, "otherUnit.json");
const browserFile = join(results, "browser.json");
process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = browserFile;

const local = (name) =>
  join(root, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);
const otherNode = findNewestLts();
const otherName = `what depends on Node, on Node ${newestLts}`;
const reports = (file) => ["--reporter=default", "--reporter=json", `--outputFile=${file}`];
const onOtherNode = [
  otherName,
  otherNode.path,
  [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    ...reports(otherUnitFile),
    ...dependsOnNode,
  ],
  () => read(otherUnitFile, countUnit),
];
const checks = [
  ["types", local("tsc"), ["--noEmit"]],
  ["lint, format and laws", local("biome"), ["check", "--error-on-warnings", "."]],
  [
    "unit and reference cases",
    local("vitest"),
    ["run", ...reports(unitFile)],
    () => read(unitFile, countUnit),
  ],
  ...(otherNode.path ? [onOtherNode] : []),
  ["build", local("vite"), ["build", "--logLevel=warn"]],
  ["size", process.execPath, [join(root, "scripts", "size.mjs")]],
  [
    "end to end",
    local("playwright"),
    ["test", "--reporter=list,json"],
    () => read(browserFile, countBrowser),
  ],
];

function read(file, count) {
  return existsSync(file) ? count(JSON.parse(readFileSync(file, "utf8"))) : null;
}

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, "localhost", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

const counts = [];
const lines = [];
for (const [name, command, args, count] of checks) {
  console.log(`\n=== ${name}`);
  const start = performance.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  const good = status === 0;
  const counted = count?.() ?? { passed: good ? 1 : 0, failed: 0, flaky: [], skipped: [] };
  // A check that breaks without a failed test of its own still counts as one failure.
  if (!good && counted.failed === 0) counted.failed = 1;
  counts.push(counted);
  lines.push(`${good ? "✓" : "✗"} ${name} (${((performance.now() - start) / 1000).toFixed(0)} s)`);
}
if (otherNode.why) lines.push(`– ${otherName}: ${otherNode.why}`);
console.log(`\n${lines.join("\n")}\n`);
const { lines: sums, failed } = summary(counts);
console.log(sums.join("\n"));
process.exit(failed === 0 ? 0 : 1);
