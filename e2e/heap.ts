// How much memory the page and its worker really hold: after a collection of garbage, by the browser's own count.
import type { Browser, Page } from "@playwright/test";

export interface Held {
  /** Bytes of living objects. */
  readonly pageHeap: number;
  readonly workerHeap: number;
  /** Elements and texts of the document, those removed but still held among them. */
  readonly nodes: number;
  /** Engines that are alive. */
  readonly workers: number;
}

interface HeapUsage {
  readonly usedSize: number;
}

type Send = (method: string) => Promise<unknown>;

async function heapAfterCollection(send: Send): Promise<number> {
  // What the first collection sets free may hold on to more.
  await send("HeapProfiler.collectGarbage");
  await send("HeapProfiler.collectGarbage");
  return ((await send("Runtime.getHeapUsage")) as HeapUsage).usedSize;
}

/** Heap of the only worker. Playwright has no sessions for workers, so messages are handed through the browser's. */
async function workerHeap(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send("Target.getTargets");
  const target = targetInfos.findLast(({ type, url }) => type === "worker" && /engine/.test(url));
  if (!target) throw new Error("There is no engine.");
  const { sessionId } = await session.send("Target.attachToTarget", {
    targetId: target.targetId,
    flatten: false,
  });
  let last = 0;
  const send: Send = async (method) => {
    const id = ++last;
    const answered = new Promise<unknown>((resolve) => {
      session.on("Target.receivedMessageFromTarget", ({ message }) => {
        const answer = JSON.parse(message) as { id: number; result: unknown };
        if (answer.id === id) resolve(answer.result);
      });
    });
    const message = JSON.stringify({ id, method, params: {} });
    await session.send("Target.sendMessageToTarget", { sessionId, message });
    return answered;
  };
  const used = await heapAfterCollection(send);
  await session.detach();
  return used;
}

/** Counts everything that a page and its worker hold. */
export async function heldBy(page: Page): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  const pageHeap = await heapAfterCollection((method) =>
    session.send(method as "Runtime.getHeapUsage"),
  );
  const counters = await session.send("Memory.getDOMCounters");
  await session.detach();
  const browser = page.context().browser();
  if (!browser) throw new Error("The page has no browser.");
  return {
    pageHeap,
    workerHeap: await workerHeap(browser),
    nodes: counters.nodes,
    workers: page.workers().length,
  };
}
