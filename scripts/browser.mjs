// Finds a Chromium for the end-to-end tests: one that is installed, else Playwright's download, else Debian's package.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A browser that opens what it is told to and asks nobody for anything else. */
export const quietArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Graphics cards played by the processor, for machines without one. */
export const softwareArguments = {
  webgpu: [
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--enable-unsafe-swiftshader",
  ],
  webgl: ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
};

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const otherPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Path of the first of these programs that is installed, or null. @param places where else one may be */
export function onPath(programs, places = []) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of programs) {
      const candidate = join(folder, process.platform === "win32" ? `${name}.exe` : name);
      if (existsSync(candidate)) return candidate;
    }
  }
  return places.find((place) => existsSync(place)) ?? null;
}

/** Path of a browser that Playwright has downloaded, or null. */
export async function downloaded(name) {
  const playwright = await import("@playwright/test");
  const path = playwright[name].executablePath();
  return path && existsSync(path) ? path : null;
}

/** Downloads Playwright's build of a browser. Returns whether that worked. */
export const download = (name) => run("npx", ["playwright", "install", name]);

/** Installs Debian's packages, where there are any and this user may. Returns whether that worked. */
export function installPackages(...packages) {
  if (process.platform !== "linux" || !onPath(["apt-get"])) return false;
  const [program, ...first] = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
  const apt = (...args) => run(program, [...first, ...args]);
  return apt("update") && apt("install", "-y", "--no-install-recommends", ...packages);
}

function run(command, args) {
  console.error(`$ ${command} ${args.join(" ")}`);
  return (
    spawnSync(command, args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" })
      .status === 0
  );
}

/** Path of a browser that is already there, or null. */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named && existsSync(named)) return named;
  return onPath(names, otherPlaces) ?? (await downloaded("chromium"));
}

/** Path of a browser, installing one if need be; ends the process with a message when none can be had. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  console.error("No Chromium found; trying Playwright's own …");
  if (download("chromium")) {
    const path = await downloaded("chromium");
    if (path) return path;
  }
  console.error("That did not work; trying the system's package …");
  if (installPackages("chromium")) {
    const installed = await findBrowser();
    if (installed) return installed;
  }
  console.error(
    "No browser could be installed. Install Chromium or Chrome, or name one: CHROMIUM_PATH=/path/to/chrome npm test",
  );
  process.exit(1);
}
