// Finds Firefox and WebKit for the end-to-end tests: installed ones, else Playwright's downloads, else Debian's packages.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { download, downloaded, installPackages, onPath } from "./browser.mjs";

const firefoxPlaces = [
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
];

/** What each engine may be started with here, and how it gets here where there is none. */
const engines = {
  firefox: {
    title: "Firefox",
    installed: () => {
      const named = process.env.FIREFOX_PATH;
      const path =
        named && existsSync(named) ? named : onPath(["firefox-esr", "firefox"], firefoxPlaces);
      return path ? { by: "bidi", path } : null;
    },
    packages: ["firefox-esr"],
  },
  webkit: {
    title: "WebKit",
    installed: () => {
      const driver = onPath(["WebKitWebDriver"]);
      const display = onPath(["Xvfb"]);
      const browser = miniBrowser();
      return driver && display && browser ? { by: "webdriver", driver, display, browser } : null;
    },
    packages: ["webkit2gtk-driver", "xvfb", "libgl1-mesa-dri"],
  },
};

/** Linux systems keep WebKitGTK's own small browser in a folder beside its library. */
function miniBrowser() {
  if (process.platform !== "linux") return null;
  for (const parent of ["/usr/lib", "/usr/libexec", "/usr/lib64"]) {
    if (!existsSync(parent)) continue;
    for (const folder of ["", ...readdirSync(parent).filter((name) => name.includes("-linux-"))]) {
      for (const version of ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"]) {
        const path = join(parent, folder, version, "MiniBrowser");
        if (existsSync(path)) return path;
      }
    }
  }
  return null;
}

/** How an engine that is already there is started, or why it is missing. `npm test` hands over what it found and tried. */
export async function findEngine(name) {
  const handedOver = process.env.TEST_ENGINES;
  if (handedOver) return JSON.parse(handedOver)[name];
  const { title, installed } = engines[name];
  const found = installed();
  if (found) return found;
  if (await downloaded(name)) return { by: "playwright" };
  return { missing: `${title} is not installed; npm test installs it` };
}

/** How every engine beside Chromium is started, each tried and installed if need be, or why it is missing. */
export async function ensureEngines() {
  const names = Object.keys(engines);
  const found = await Promise.all(names.map(async (name) => [name, await ensureEngine(name)]));
  return Object.fromEntries(found);
}

async function ensureEngine(name) {
  const { title, installed, packages } = engines[name];
  const problems = [];
  const works = async (found) => {
    const problem = found ? await tried(name, found) : "";
    if (problem) problems.push(problem);
    return found !== null && problem === null;
  };
  const present = installed();
  if (await works(present)) return present;
  const build = { by: "playwright" };
  if ((await downloaded(name)) && (await works(build))) return build;
  console.error(`No ${title} that works found; trying Playwright's own …`);
  if (download(name) && (await works(build))) return build;
  console.error("That did not work; trying the system's packages …");
  if (installPackages(...packages)) {
    const fresh = installed();
    if (await works(fresh)) return fresh;
  }
  const missing = `${title} could not be installed${problems.length > 0 ? ` (${problems.join("; ")})` : ""}`;
  console.error(`${missing}: its tests are skipped.`);
  return { missing };
}

/** Why an engine does not start, or null. An installed one may be a wrapper that cannot be driven; a download may lack libraries. */
async function tried(name, { by, path }) {
  try {
    if (by === "bidi") {
      const { default: puppeteer } = await import("puppeteer-core");
      await (
        await puppeteer.launch({ browser: "firefox", executablePath: path, headless: true })
      ).close();
    }
    if (by === "playwright") {
      const playwright = await import("@playwright/test");
      await (await playwright[name].launch()).close();
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.split("\n")[0] : String(error);
  }
}
