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

function onPath() {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) {
      const candidate = join(folder, process.platform === "win32" ? `${name}.exe` : name);
      if (existsSync(candidate)) return candidate;
    }
  }
  return otherPlaces.find((place) => existsSync(place)) ?? null;
}

async function playwrights() {
  const { chromium } = await import("@playwright/test");
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : null;
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
  return onPath() ?? (await playwrights());
}

/** Path of a browser, installing one if need be; ends the process with a message when none can be had. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  console.error("No Chromium found; trying Playwright's own …");
  if (run("npx", ["playwright", "install", "chromium"])) {
    const downloaded = await playwrights();
    if (downloaded) return downloaded;
  }
  if (process.platform === "linux") {
    console.error("That did not work; trying the system's package …");
    const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
    const apt = (...args) =>
      run([...sudo, "apt-get", ...args][0], [...sudo, "apt-get", ...args].slice(1));
    if (apt("update") && apt("install", "-y", "--no-install-recommends", "chromium")) {
      const installed = await findBrowser();
      if (installed) return installed;
    }
  }
  console.error(
    "No browser could be installed. Install Chromium or Chrome, or name one: CHROMIUM_PATH=/path/to/chrome npm test",
  );
  process.exit(1);
}
