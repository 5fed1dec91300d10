// An installed Firefox, driven over WebDriver BiDi.
import puppeteer, {
  type Browser,
  type BrowserContext,
  type ElementHandle,
  type Page,
} from "puppeteer-core";
import { type Engine, EnginePage, type Opening, type Point, type Size } from "./page";

/** Firefox' own numbers for a page's colour scheme. */
const schemes = { dark: 0, light: 1 };

/** One Firefox for each colour scheme, which can be chosen at its start alone. */
export class FirefoxEngine implements Engine {
  private readonly started = new Map<string, Promise<Browser>>();

  private constructor(
    private readonly path: string,
    readonly version: string,
    first: Browser,
  ) {
    this.started.set("light", Promise.resolve(first));
  }

  static async start(path: string): Promise<FirefoxEngine> {
    const first = await launch(path, "light");
    return new FirefoxEngine(path, (await first.version()).replace("/", " "), first);
  }

  async open({ address, storage = {}, scheme = "light", size }: Opening): Promise<EnginePage> {
    const browser = this.started.get(scheme) ?? launch(this.path, scheme);
    this.started.set(scheme, browser);
    const context = await (await browser).createBrowserContext();
    const page = await context.newPage();
    await page.evaluateOnNewDocument((held) => {
      // The empty page that comes first has no storage.
      if (!location.protocol.startsWith("http")) return;
      for (const [key, value] of Object.entries(held))
        if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
    }, storage);
    await page.setViewport(size ?? { width: 1440, height: 900 });
    return new FirefoxPage(page, context, address);
  }

  async close(): Promise<void> {
    for (const browser of this.started.values()) await (await browser).close();
  }
}

function launch(executablePath: string, scheme: keyof typeof schemes): Promise<Browser> {
  return puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      "layout.css.prefers-color-scheme.content-override": schemes[scheme],
    },
  });
}

class FirefoxPage extends EnginePage<ElementHandle<Element>> {
  private readonly seen: string[] = [];

  constructor(
    private readonly page: Page,
    private readonly context: BrowserContext,
    private readonly address: string,
  ) {
    super();
    page.on("pageerror", (error) =>
      this.seen.push(error instanceof Error ? error.message : String(error)),
    );
    page.on("console", (message) => {
      if (message.type() === "error") this.seen.push(message.text());
    });
  }

  async goto(address: string): Promise<void> {
    await this.page.goto(new URL(address, this.address).href);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  async press(key: string): Promise<void> {
    const parts = key.split("+").map((part) => (part === "Space" ? " " : part));
    const last = parts.pop() as "Enter";
    for (const held of parts) await this.page.keyboard.down(held as "Shift");
    await this.page.keyboard.press(last);
    for (const held of parts) await this.page.keyboard.up(held as "Shift");
  }

  async resize(size: Size): Promise<void> {
    await this.page.setViewport(size);
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path: path as `${string}.png` });
  }

  async problems(): Promise<readonly string[]> {
    return this.seen;
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  protected compute(expression: string): Promise<unknown> {
    return this.page.evaluate(expression);
  }

  protected async element(expression: string): Promise<ElementHandle<Element> | null> {
    const handle = await this.page.evaluateHandle(expression);
    return handle.asElement() as ElementHandle<Element> | null;
  }

  protected async clickOn(handle: ElementHandle<Element>, from?: Point): Promise<void> {
    await handle.click(from ? { offset: from } : {});
  }

  protected async write(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  protected async choose(handle: ElementHandle<Element>, paths: readonly string[]): Promise<void> {
    await (handle as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  }
}
