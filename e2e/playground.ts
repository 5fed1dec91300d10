// The page as a person sees it: what the end-to-end tests do and read, by accessible name.
import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";

/** Longer than any part of the page waits for its turn. */
const redrawMilliseconds = 600;

export class Playground {
  readonly errors: string[] = [];

  constructor(readonly page: Page) {
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("console", (message) => {
      // A file of a data set that is not there is asked for and explained; the browser logs it all the same.
      if (message.type() === "error" && !/404|net::ERR_FAILED/.test(message.text()))
        this.errors.push(message.text());
    });
  }

  /**
   * Opens an experiment and waits until the network stands. @param backend chosen by hand, or "auto".
   * @param speed "watch", the page's own choice, gives every run six seconds
   */
  async open(link = "", backend = "wasm", speed: "watch" | "full" = "full"): Promise<void> {
    await this.page.addInitScript(
      ([backend, speed]) => {
        localStorage.setItem("regularization-playground.backend", backend as string);
        // What is chosen on the page outlives a reload.
        const name = "regularization-playground.speed";
        if (!localStorage.getItem(name)) localStorage.setItem(name, speed as string);
      },
      [backend, speed],
    );
    await this.page.goto(link === "" ? "./" : `./#${link}`);
    await this.ready();
  }

  /** The public address of data files is blocked, as on many a school network; no test asks the real one. */
  async withoutNetwork(): Promise<void> {
    await this.page.route("https://storage.googleapis.com/**", (route) => route.abort());
  }

  async ready(): Promise<void> {
    // A graphics card that is emulated on a busy processor takes its time to start.
    await expect(this.backend).not.toHaveText("Backend", { timeout: 80_000 });
  }

  get train(): Locator {
    return this.page.getByTestId("train");
  }

  get epoch(): Locator {
    return this.page.getByTestId("epoch");
  }

  get backend(): Locator {
    return this.page.getByTestId("backend");
  }

  /** The entry field of a setting. */
  setting(path: string): Locator {
    return this.page.locator(`[id="setting-${path}"]`);
  }

  async set(path: string, value: string): Promise<void> {
    await this.setting(path).fill(value);
    await this.setting(path).press("Enter");
  }

  /** The figure behind a test id, such as "gap". */
  async figure(testId: string): Promise<number> {
    const text = await this.page.getByTestId(testId).first().innerText();
    return Number(text.replace("−", "-").replace(/[^0-9.e-]/g, ""));
  }

  /** Trains to the last epoch. */
  async trainToEnd(): Promise<void> {
    await this.train.click();
    // Emulated graphics cards need minutes; how long a test may take in all is its own business.
    await expect(this.train).toHaveText(/Train again/, { timeout: 200_000 });
    await this.drawn();
  }

  /** Waits until every part of the page shows what was measured last: they take turns at being drawn. */
  async drawn(): Promise<void> {
    await expect(this.page.locator("html[data-behind=yes]")).toHaveCount(0, { timeout: 20_000 });
    // What was handed to a part is drawn with the next frame.
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  }

  /** Opens an experiment, on the page that is there if there is one, and trains it to the last epoch. */
  async run(link: string): Promise<void> {
    if (this.page.url().includes("#")) {
      await this.page.evaluate((hash) => {
        location.hash = hash;
      }, link);
      await expect(this.epoch).toHaveText("0");
    } else {
      await this.open(link);
    }
    await this.trainToEnd();
  }

  tab(name: string): Locator {
    return this.page.getByRole("tab", { name, exact: true });
  }

  /** Numbers of one column of a table, row by row. @param at 0 for the first column behind the row's name */
  async cells(testId: string, at: number): Promise<number[]> {
    const cells = this.page.getByTestId(testId).locator(`tbody tr td:nth-of-type(${at + 1})`);
    // The page's parts take turns at being drawn: what stands there is what was measured last once it stays.
    let [before, now] = [[] as string[], await cells.allInnerTexts()];
    do {
      await this.page.waitForTimeout(redrawMilliseconds);
      [before, now] = [now, await cells.allInnerTexts()];
    } while (now.join() !== before.join());
    return now.map((text) => Number.parseFloat(text));
  }

  /** The curves as the page's own CSV file. */
  async csv(): Promise<string> {
    const download = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "CSV" }).click();
    return readFileSync(await (await download).path(), "utf8");
  }

  /** A column of the CSV file. */
  async column(name: string): Promise<number[]> {
    const [head, ...rows] = (await this.csv())
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    const at = (head as string[]).indexOf(name);
    expect(at, `column ${name}`).toBeGreaterThanOrEqual(0);
    return rows.map((row) => Number(row[at]));
  }

  expectNoErrors(): void {
    expect(this.errors).toEqual([]);
  }
}
