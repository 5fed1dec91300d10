// Does the page answer while the worker trains? Counts main-thread tasks above 50 ms, the browser's own measure of a long task.
import type { Page } from "@playwright/test";
import { withPage } from "./browser";

export interface Responsiveness {
  readonly experiment: string;
  readonly seconds: number;
  readonly longTasks: number;
  readonly longestMilliseconds: number;
  /** Most processor time of one task: what is left of the longest when nobody else uses the machine. */
  readonly busiestMilliseconds: number;
  readonly stepsPerSecond: number;
}

const link =
  "v=1;data=strokeDigits;train=2000;wrong=0;hidden=256;scaling=unit;init=pytorch;opt=adam;rate=1e-3;batch=64;epochs=2000";
const warmUpMilliseconds = 5000;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Most processor time, in milliseconds, that one task of a page's main thread took meanwhile. */
async function busiestTask(page: Page, meanwhile: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (!browser) return Number.NaN;
  await browser.startTracing(page, { categories: ["toplevel"] });
  await meanwhile();
  const text = (await browser.stopTracing()).toString("utf8");
  const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const times = traceEvents
    .filter(
      ({ name, ph, pid, tid }) => /RunTask$/.test(name) && ph === "X" && mains.has(`${pid} ${tid}`),
    )
    .map(({ tdur = 0 }) => tdur / 1000);
  return times.reduce((most, time) => Math.max(most, time), 0);
}

/** Trains 784-256-10 on the page for some seconds with every default panel open. */
export function measureResponsiveness(seconds: number): Promise<Responsiveness> {
  return withPage(async (page, address) => {
    await page.addInitScript(() => {
      localStorage.setItem("regularization-playground.backend", "wasm");
      localStorage.setItem("regularization-playground.speed", "full");
    });
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
    const busiestMilliseconds = await busiestTask(page, () => page.waitForTimeout(seconds * 1000));
    const tasks = await page.evaluate(
      () => (globalThis as unknown as { longTasks: number[] }).longTasks,
    );
    const speed = (await page.getByTestId("speed").textContent()) ?? "";
    return {
      experiment: "MLP 784-256-10, batch 64, Adam",
      seconds,
      longTasks: tasks.length,
      longestMilliseconds: Math.max(0, ...tasks),
      busiestMilliseconds,
      stepsPerSecond: Number(speed.replace(/[^0-9]/g, "")),
    };
  });
}
