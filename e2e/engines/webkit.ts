// An installed WebKitGTK: its MiniBrowser, driven over WebDriver, on a display that no other run uses.
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Builder, Capabilities, Key, type WebDriver, type WebElement } from "selenium-webdriver";
import { Hook } from "./hook";
import { type Engine, EnginePage, type Opening, type Point, type Size } from "./page";

export interface WebkitPaths {
  readonly driver: string;
  readonly browser: string;
  readonly display: string;
}

const startMilliseconds = 20_000;

/** The browser's own bar must not keep its window from being as narrow as a phone. */
const narrow = "* { padding: 0; margin: 0; min-width: 0; min-height: 0; font-size: 1px; }";

export class WebkitEngine implements Engine {
  readonly version = "WebKitGTK";

  private constructor(
    private readonly paths: WebkitPaths,
    private readonly processes: Processes,
    private readonly folder: string,
    private readonly display: string,
  ) {}

  static async start(paths: WebkitPaths): Promise<WebkitEngine> {
    const processes = new Processes();
    const folder = mkdtempSync(join(tmpdir(), "playground-webkit-"));
    try {
      for (const version of ["gtk-3.0", "gtk-4.0"]) {
        mkdirSync(join(folder, version));
        writeFileSync(join(folder, version, "gtk.css"), narrow);
      }
      // It takes the first display that is free and says which.
      const parameters = ["-displayfd", "3", "-screen", "0", "2600x2600x24", "-nolisten", "tcp"];
      const server = processes.start(paths.display, parameters, {
        stdio: ["ignore", "ignore", "pipe", "pipe"],
      });
      return new WebkitEngine(paths, processes, folder, `:${await displayNumber(server)}`);
    } catch (error) {
      processes.end();
      rmSync(folder, { recursive: true });
      throw error;
    }
  }

  async open(opening: Opening): Promise<EnginePage> {
    const port = await freePort();
    const driver = this.processes.start(this.paths.driver, [`--port=${port}`], {
      stdio: "ignore",
      env: {
        ...process.env,
        DISPLAY: this.display,
        XDG_CONFIG_HOME: this.folder,
        // Without a bus for accessibility, looking for one takes seconds.
        NO_AT_BRIDGE: "1",
        // Containers rarely allow the sandbox, and nothing but this page is opened.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      },
    });
    const server = `http://127.0.0.1:${port}`;
    await answering(driver, `${server}/status`);
    const args = ["--automation", ...(opening.scheme === "dark" ? ["--dark-mode"] : [])];
    const session = await new Builder()
      .usingServer(server)
      .withCapabilities(
        new Capabilities({
          browserName: "MiniBrowser",
          "webkitgtk:browserOptions": { binary: this.paths.browser, args },
        }),
      )
      .build();
    const hook = await Hook.start(opening.address, opening.storage ?? {});
    const page = new WebkitPage(session, hook, () => this.processes.end(driver));
    await page.resize(opening.size ?? { width: 1440, height: 900 });
    return page;
  }

  async close(): Promise<void> {
    this.processes.end();
    rmSync(this.folder, { recursive: true });
  }
}

/** What was started, and must end even when the run is cut short. */
class Processes {
  private readonly running = new Set<ChildProcess>();
  private readonly endAll = () => this.end();

  constructor() {
    process.once("exit", this.endAll);
  }

  start(command: string, parameters: readonly string[], options: SpawnOptions): ChildProcess {
    const started = spawn(command, parameters, options);
    this.running.add(started);
    started.once("exit", () => this.running.delete(started));
    return started;
  }

  /** @param one that one alone */
  end(one?: ChildProcess): void {
    for (const each of one ? [one] : this.running) each.kill();
    if (!one) process.off("exit", this.endAll);
  }
}

function displayNumber(server: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = "";
    server.stderr?.on("data", (words) => {
      said += words;
    });
    (server.stdio[3] as Readable).once("data", (words) => found(String(words).trim()));
    server.once("error", failed);
    server.once("exit", () => failed(new Error(`The display for WebKit did not start. ${said}`)));
  });
}

async function answering(driver: ChildProcess, address: string): Promise<void> {
  for (const end = Date.now() + startMilliseconds; Date.now() < end; ) {
    if (driver.exitCode !== null) break;
    if (
      await fetch(address).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`WebKit's driver did not start: nothing answers at ${address}.`);
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}

/** Playwright's names of keys that WebDriver calls otherwise. */
const keys: Readonly<Record<string, string>> = {
  Space: " ",
  ArrowLeft: Key.ARROW_LEFT,
  ArrowRight: Key.ARROW_RIGHT,
  ArrowUp: Key.ARROW_UP,
  ArrowDown: Key.ARROW_DOWN,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  Tab: Key.TAB,
  Home: Key.HOME,
  End: Key.END,
  PageUp: Key.PAGE_UP,
  PageDown: Key.PAGE_DOWN,
  Backspace: Key.BACK_SPACE,
  Delete: Key.DELETE,
  Shift: Key.SHIFT,
  Control: Key.CONTROL,
  Alt: Key.ALT,
  Meta: Key.META,
};

class WebkitPage extends EnginePage<WebElement> {
  constructor(
    private readonly session: WebDriver,
    private readonly hook: Hook,
    private readonly end: () => void,
  ) {
    super();
  }

  async goto(address: string): Promise<void> {
    await this.session.get(new URL(address, this.hook.address).href);
  }

  async reload(): Promise<void> {
    await this.session.navigate().refresh();
  }

  async press(key: string): Promise<void> {
    const parts = key.split("+").map((part) => keys[part] ?? part);
    const actions = this.session.actions();
    for (const part of parts) actions.keyDown(part);
    for (const part of parts.reverse()) actions.keyUp(part);
    await actions.perform();
  }

  async resize({ width, height }: Size): Promise<void> {
    const frame = (await this.evaluate(() => [
      outerWidth - innerWidth,
      outerHeight - innerHeight,
    ])) as [number, number];
    const rect = { width: width + frame[0], height: height + frame[1] };
    await this.session.manage().window().setRect(rect);
    await this.waitFor(
      `a window of ${width}×${height}`,
      (width, height) => innerWidth === width && innerHeight === height,
      width,
      height,
    );
  }

  async screenshot(path: string): Promise<void> {
    writeFileSync(path, await this.session.takeScreenshot(), "base64");
  }

  async problems(): Promise<readonly string[]> {
    return this.hook.problems;
  }

  async close(): Promise<void> {
    await this.session.quit();
    this.hook.stop();
    this.end();
  }

  protected compute(expression: string): Promise<unknown> {
    return this.session.executeScript(`return ${expression}`);
  }

  protected async element(expression: string): Promise<WebElement | null> {
    const found = await this.session.executeScript(`return ${expression}`);
    return typeof found === "object" ? (found as WebElement | null) : null;
  }

  protected async clickOn(element: WebElement, from?: Point): Promise<void> {
    if (!from) return element.click();
    // WebDriver counts from the middle.
    const { width, height } = await element.getRect();
    const [x, y] = [from.x - Math.floor(width / 2), from.y - Math.floor(height / 2)];
    await this.session.actions().move({ origin: element, x, y }).click().perform();
  }

  protected async write(text: string): Promise<void> {
    await this.session.actions().sendKeys(text).perform();
  }

  protected async choose(element: WebElement, paths: readonly string[]): Promise<void> {
    await element.sendKeys(paths.join("\n"));
  }
}
