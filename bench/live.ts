// How many epochs of a small network fit into a second while the page draws everything: what a person gets to see.
import { withPage } from "./browser";

export interface LiveResult {
  readonly backend: string;
  readonly seconds: number;
  readonly epochsPerSecond: number;
}

const link =
  "v=1;data=circle;train=250;wrong=0;hidden=8-8;act=tanh;opt=sgd;rate=0.03;batch=10;epochs=10000";
const warmUpMilliseconds = 2000;

/** Trains 2-8-8 on 250 points, batches of 10, on the built page. */
export function measureLive(backend: "wasm" | "cpu", seconds: number): Promise<LiveResult> {
  return withPage(async (page, address) => {
    await page.addInitScript((name) => {
      localStorage.setItem("regularization-playground.backend", name);
      localStorage.setItem("regularization-playground.speed", "full");
    }, backend);
    await page.goto(`${address}#${link}`);
    await page.waitForFunction(
      () => document.querySelector('[data-testid="backend"]')?.textContent !== "Backend",
    );
    await page.getByTestId("train").click();
    await page.waitForTimeout(warmUpMilliseconds);
    const read = () =>
      page.evaluate(() => ({
        epoch: Number(
          (document.querySelector('[data-testid="epoch"]')?.textContent ?? "").replace(
            /[^0-9.]/g,
            "",
          ),
        ),
        time: performance.now(),
      }));
    const before = await read();
    await page.waitForTimeout(seconds * 1000);
    const after = await read();
    const elapsed = (after.time - before.time) / 1000;
    return { backend, seconds: elapsed, epochsPerSecond: (after.epoch - before.epoch) / elapsed };
  });
}
