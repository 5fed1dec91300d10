// Starts a browser engine by name, with whatever this machine has of it.
import { chromium, firefox, webkit } from "@playwright/test";
import { findBrowser, quietArguments } from "../../scripts/browser.mjs";
import { type EngineName, findEngine } from "../../scripts/engines.mjs";
import { FirefoxEngine } from "./firefox";
import type { Engine } from "./page";
import { PlaywrightEngine } from "./playwright";
import { WebkitEngine } from "./webkit";

/** @returns the engine, or why there is none here */
export async function startEngine(name: EngineName | "chromium"): Promise<Engine | string> {
  if (name === "chromium") {
    const executablePath = await findBrowser();
    const options = { args: quietArguments, ...(executablePath ? { executablePath } : {}) };
    return new PlaywrightEngine(await chromium.launch(options));
  }
  const found = await findEngine(name);
  if ("missing" in found) return found.missing;
  if (found.by === "bidi") return FirefoxEngine.start(found.path);
  if (found.by === "webdriver") return WebkitEngine.start(found);
  return new PlaywrightEngine(await (name === "firefox" ? firefox : webkit).launch());
}
