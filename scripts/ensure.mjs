// Installs the packages of the lock file when they are missing or out of date, so that every other command can rely on them.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Stops with a message when the running Node is older than package.json asks for. */
function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Node ${process.versions.node} is too old: this project needs Node 20.19 or newer.`,
  );
  process.exit(1);
}

/** Runs `npm ci` unless node_modules already holds exactly what package-lock.json asks for. */
export async function ensureInstalled() {
  checkNode();
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  const mark = join(root, "node_modules", ".regularization-playground-lock.json");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  console.error("Installing packages (once, and again when package-lock.json changes) …");
  const result = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    console.error("npm ci failed; see its messages above.");
    process.exit(1);
  }
  writeFileSync(mark, lock);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureInstalled();
