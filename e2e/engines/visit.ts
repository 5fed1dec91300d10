// The page in any engine as a person uses it; the counterpart of playground.ts, which knows Playwright's own pages.
import { expect } from "@playwright/test";
import type { EnginePage } from "./page";

/** What a visit begins with: trains on WASM, at full speed. */
export const storage = {
  "regularization-playground.backend": "wasm",
  "regularization-playground.speed": "full",
};

const views = { role: "tablist", name: "Views" };

export class Visit {
  constructor(readonly page: EnginePage) {}

  async goto(link = ""): Promise<void> {
    await this.page.goto(link === "" ? "./" : `./#${link}`);
  }

  /** Opens an experiment and waits until its network stands. */
  async open(link = ""): Promise<void> {
    await this.goto(link);
    await this.ready();
  }

  async ready(): Promise<void> {
    const backend = () => this.page.text({ testId: "backend" });
    // A busy machine takes its time to start an engine that is new to it.
    await expect.poll(backend, { timeout: 60_000 }).toContain("WASM");
  }

  async address(pattern: RegExp): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => location.href)).toMatch(pattern);
  }

  value(path: string): Promise<string> {
    return this.page.property({ css: `[id="setting-${path}"]` }, "value");
  }

  async set(path: string, value: string): Promise<void> {
    const entry = `[id="setting-${path}"]`;
    const fold = { css: `details:not([open]):has(${entry}) > summary` };
    if ((await this.page.count(fold)) > 0) await this.page.click(fold);
    await this.page.type({ css: entry }, value);
    await this.page.press("Enter");
  }

  /** The figure behind a test id, such as "gap". */
  async figure(testId: string): Promise<number> {
    const text = await this.page.text({ testId });
    return Number(text.replace("−", "-").replace(/[^0-9.e-]/g, ""));
  }

  async trainToEnd(): Promise<void> {
    await this.page.click({ testId: "train" });
    await this.trained();
  }

  async trained(): Promise<void> {
    await expect
      .poll(() => this.page.text({ testId: "train" }), { timeout: 60_000 })
      .toContain("Train again");
    await this.page.waitFor(
      "every part of the page to show what was measured last",
      () => document.documentElement.dataset.behind !== "yes",
    );
  }

  /** Losses as the page's own file holds them. */
  async losses() {
    const text = await this.page.saved({ role: "button", name: "CSV" });
    const [head = [], ...rows] = text
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    const column = (name: string, row: readonly string[]) => Number(row[head.indexOf(name)]);
    return rows.map((row) => ({
      step: column("step", row),
      train: column("train_loss", row),
      validation: column("validation_loss", row),
    }));
  }

  /** Opens every view of the Predictions panel and waits until it shows something. @returns their names */
  async everyTab(): Promise<string[]> {
    await this.page.text(views);
    const names = await this.page.evaluate(() =>
      [...document.querySelectorAll("[role=tablist][aria-label=Views] [role=tab]")].map(
        (tab) => tab.textContent as string,
      ),
    );
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      await this.page.click({ role: "tab", name });
      await this.page.waitFor(
        `the view “${name}” to show something`,
        (name) => {
          const panel = document.querySelector("[data-testid=predictions]") as HTMLElement;
          const chosen =
            panel.querySelector("[role=tab][aria-selected=true]")?.textContent === name;
          // Corruptions are tested on request.
          const drawn = panel.querySelectorAll("canvas, table, svg, [data-testid=drift] button");
          const heights = [...drawn].map((part) => part.getBoundingClientRect().height);
          return chosen && Math.max(...heights) > 25;
        },
        name,
      );
    }
    return names;
  }

  /** Nothing went wrong that only the console tells, and every part of the page is there. */
  async expectSound(): Promise<void> {
    expect(await this.page.problems()).toEqual([]);
    const text = await this.page.evaluate(() => document.body.innerText);
    expect(text).not.toContain("This part of the page failed");
  }
}
