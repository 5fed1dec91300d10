// Does the page answer while the worker trains? Counts main-thread tasks above 50 ms, the browser's own measure of a long task.
import { withPage } from "./browser";

export interface Responsiveness {
  readonly experiment: string;
  readonly seconds: number;
  readonly longTasks: number;
  readonly longestMilliseconds: number;
  readonly stepsPerSecond: number;
}

const link =
  "v=1;data=strokeDigits;train=2000;wrong=0;hidden=256;scaling=unit;init=pytorch;opt=adam;rate=1e-3;batch=64;epochs=2000";
const warmUpMilliseconds = 5000;

/** Trains 784-256-10 on the page for some seconds with every default panel open. */
export function measureResponsiveness(seconds: number): Promise<Responsiveness> {
  return withPage(async (page, address) => {
    await page.addInitScript(() =>
      localStorage.setItem("regularization-playground.backend", "wasm"),
    );
    await page.goto(`${address}#${link}`);
    await page.waitForFunction(
      () => document.querySelector('[data-testid="backend"]')?.textContent === "WASM",
    );
    await page.getByTestId("train").click();
    await page.waitForTimeout(warmUpMilliseconds);
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { longTasks: tasks });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) tasks.push(entry.duration);
      }).observe({ type: "longtask" });
    });
    await page.waitForTimeout(seconds * 1000);
    const tasks = await page.evaluate(
      () => (globalThis as unknown as { longTasks: number[] }).longTasks,
    );
    const speed = (await page.getByTestId("speed").textContent()) ?? "";
    return {
      experiment: "MLP 784-256-10, batch 64, Adam",
      seconds,
      longTasks: tasks.length,
      longestMilliseconds: Math.max(0, ...tasks),
      stepsPerSecond: Number(speed.replace(/[^0-9]/g, "")),
    };
  });
}
