// Holds the size budgets: what a visitor waits for before the page stands, before charts, before the first step. And looks that
// no emitted file imports a worker's entry.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./ensure.mjs";
import { importersInFiles } from "./workerEntries.mjs";

const dist = join(root, "dist");
const assets = join(dist, "assets");
const files = readdirSync(assets);
const kilobyte = 1024;

/** Files that a file imports before it runs, by the import statements at its top level. */
function staticImports(name) {
  const code = readFileSync(join(assets, name), "utf8");
  const found = code.matchAll(
    /(?:^|[;\n}])import\s*(?:[^"'();]*?from\s*)?["']\.\/([^"']+\.js)["']/g,
  );
  return [...found].map((match) => match[1]);
}

/** Files that a file asks for by import(). */
function importedLater(name) {
  const code = readFileSync(join(assets, name), "utf8");
  return [...code.matchAll(/\bimport\(\s*["'`]\.\/([^"'`]+\.js)["'`]/g)].map((match) => match[1]);
}

function withImports(names, seen = new Set()) {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (name.endsWith(".js")) withImports(staticImports(name), seen);
  }
  return seen;
}

const gzipped = (name) => gzipSync(readFileSync(join(assets, name)), { level: 9 }).length;
const sum = (names) => [...names].reduce((total, name) => total + gzipped(name), 0);

function find(pattern) {
  const name = files.find((file) => pattern.test(file));
  if (!name)
    throw new Error(`No file of dist/assets matches ${pattern}. Build first: npm run build`);
  return name;
}

const html = readFileSync(join(dist, "index.html"), "utf8");
const entries = [...html.matchAll(/assets\/([^"]+\.(?:js|css))/g)].map((match) => match[1]);
const shell = withImports(entries);
const charts = [...withImports([find(/^Plot-.*\.js$/)])].filter((name) => !shell.has(name));
const workerEntry = find(/^engine\.worker-.*\.js$/);
const worker = (backend) =>
  withImports([
    workerEntry,
    ...importedLater(workerEntry),
    find(new RegExp(`^${backend}-.*\\.js$`)),
  ]);

const budgets = [
  ["page shell", sum(shell), 100],
  ["charts, loaded late", sum(charts), 130],
  ...["webgpu", "webgl", "wasm", "cpu"].map((backend) => [
    `worker with ${backend}`,
    sum(worker(backend)),
    230,
  ]),
];

const scripts = files.filter((name) => name.endsWith(".js"));
const importers = importersInFiles(
  Object.fromEntries(scripts.map((name) => [name, readFileSync(join(assets, name), "utf8")])),
);
for (const line of importers) console.log(`✗ ${line}: WebKit would run it twice`);
if (importers.length === 0) console.log("✓ no file imports a worker's entry");

let exceeded = importers.length > 0;
for (const [name, bytes, limit] of budgets) {
  const size = bytes / kilobyte;
  exceeded ||= size > limit;
  console.log(`${size > limit ? "✗" : "✓"} ${name}: ${size.toFixed(1)} KB gzip of ${limit} KB`);
}
if (exceeded) process.exit(1);
