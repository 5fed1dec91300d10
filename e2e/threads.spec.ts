// WASM with threads where the host isolates the page and the machine has cores, with one thread everywhere else: the same run.
import { expect, type Page, test } from "@playwright/test";
import { Playground } from "./playground";

const runs: readonly (readonly [string, string])[] = [
  [
    "convolutions",
    "v=1;data=shapes;train=40;valid=20;test=10;family=cnn;blocks=4-6;batch=20;epochs=3;norm=batch;opt=adam",
  ],
  ["replayed dense layers", "v=1;data=moons;train=100;hidden=32-16;epochs=30;drop=0.2;opt=adam"],
];
/** Put before the worker's code: the machines that run these tests have too few cores for threads. */
const claim = "Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 8 });";

/** Serves the page to a machine with eight cores. @param isolated false: as a host does that knows nothing of isolation. */
async function serve(page: Page, isolated: boolean): Promise<void> {
  await page.context().route("**/*", async (route) => {
    const response = await route.fetch();
    const {
      "cross-origin-opener-policy": opener,
      "cross-origin-embedder-policy": embedder,
      ...others
    } = response.headers();
    const headers = isolated ? response.headers() : others;
    expect([opener, embedder]).toEqual(["same-origin", "require-corp"]);
    const isWorker = /engine\.worker[^/]*\.js/.test(route.request().url());
    const body = isWorker ? `${claim}\n${await response.text()}` : undefined;
    await route.fulfill({ response, headers, ...(body ? { body } : {}) });
  });
}

/** Trains to the end. @returns all losses, and what the backend says of itself. */
async function losses(
  playground: Playground,
  link: string,
): Promise<{ values: number[]; device: string }> {
  await playground.open(link, "wasm");
  await playground.trainToEnd();
  const values = [
    ...(await playground.column("train_loss")),
    ...(await playground.column("validation_loss")),
  ];
  await playground.backend.click();
  const device = await playground.page
    .getByRole("radio", { name: /WASM/ })
    .locator("..")
    .innerText();
  playground.expectNoErrors();
  return { values, device };
}

for (const [name, link] of runs) {
  test(`${name} with threads are those without`, async ({ page, browser }) => {
    await serve(page, true);
    const threaded = await losses(new Playground(page), link);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(threaded.device).toMatch(/\d threads/);

    const other = await (await browser.newContext()).newPage();
    await serve(other, false);
    const single = await losses(new Playground(other), link);
    expect(await other.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(single.device).not.toMatch(/\d threads/);
    expect(single.device).toContain("One thread: this site does not isolate the page");

    expect(threaded.values.length).toBeGreaterThan(4);
    expect(single.values).toHaveLength(threaded.values.length);
    threaded.values.forEach((loss, i) => {
      expect(Math.abs(loss - (single.values[i] as number)), `point ${i}`).toBeLessThan(1e-4);
    });
  });
}

test("every answer isolates the page, also that a file has not changed", async ({ request }) => {
  const script = /assets\/[^"]+\.js/.exec(await (await request.get("./")).text())?.[0] as string;
  const first = await request.get(script);
  const { etag } = first.headers();
  const again = await request.get(script, { headers: { "If-None-Match": etag as string } });
  for (const answer of [first, again])
    expect(answer.headers()).toMatchObject({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
  expect(again.status()).toBe(304);
});
