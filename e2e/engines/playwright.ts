// An engine that Playwright drives: Chromium, and its own builds of Firefox and WebKit.
import type { Browser, BrowserContext, ElementHandle, Page } from "@playwright/test";
import { type Engine, EnginePage, type Opening, type Point, type Size } from "./page";

export class PlaywrightEngine implements Engine {
  readonly version: string;

  constructor(private readonly browser: Browser) {
    this.version = `${browser.browserType().name()} ${browser.version()}`;
  }

  async open({ address, storage = {}, scheme = "light", size }: Opening): Promise<EnginePage> {
    const context = await this.browser.newContext({
      colorScheme: scheme,
      viewport: size ?? { width: 1440, height: 900 },
    });
    await context.addInitScript((held) => {
      for (const [key, value] of Object.entries(held))
        if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
    }, storage);
    return new PlaywrightPage(await context.newPage(), context, address);
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

class PlaywrightPage extends EnginePage<ElementHandle<HTMLElement>> {
  private readonly seen: string[] = [];

  constructor(
    private readonly page: Page,
    private readonly context: BrowserContext,
    private readonly address: string,
  ) {
    super();
    page.on("pageerror", (error) => this.seen.push(error.message));
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
    await this.page.keyboard.press(key);
  }

  async resize(size: Size): Promise<void> {
    await this.page.setViewportSize(size);
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
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

  protected async element(expression: string): Promise<ElementHandle<HTMLElement> | null> {
    const handle = await this.page.evaluateHandle(expression);
    return handle.asElement() as ElementHandle<HTMLElement> | null;
  }

  protected async clickOn(handle: ElementHandle<HTMLElement>, from?: Point): Promise<void> {
    await handle.click(from ? { position: from } : {});
  }

  protected async write(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  protected async choose(
    handle: ElementHandle<HTMLElement>,
    paths: readonly string[],
  ): Promise<void> {
    await handle.setInputFiles([...paths]);
  }
}
