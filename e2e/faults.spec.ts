// Browsers and servers that offer less than they say: the page trains all the same and says what it does without.
import { expect, type Page, test } from "@playwright/test";
import { Playground } from "./playground";

const link = "v=1;train=40;epochs=5";

/** Put before the worker's code. */
async function inWorker(page: Page, code: string): Promise<void> {
  await page.context().route("**/assets/engine.worker*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code}\n${await response.text()}` });
  });
}

/** Answers for the .wasm files in place of the server's. @param answer null lets a file through */
async function instead(
  page: Page,
  answer: (
    name: string,
    body: Buffer,
  ) => { status?: number; body?: Buffer; contentType?: string } | null,
): Promise<void> {
  await page.context().route("**/wasm/*.wasm", async (route) => {
    const response = await route.fetch();
    const name = new URL(route.request().url()).pathname.replace(/^.*\//, "");
    const other = answer(name, await response.body());
    await route.fulfill({ response, ...other });
  });
}

/** What the backend's details say of one backend. */
async function details(playground: Playground, name: RegExp): Promise<string> {
  await playground.backend.click();
  const line = playground.page.getByRole("radio", { name }).locator("..");
  return line.innerText();
}

const eightCores = "Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 8 });";
const noSharedMemory = `{
  const Memory = WebAssembly.Memory;
  WebAssembly.Memory = function (wanted) {
    if (wanted?.shared) throw new RangeError("Out of memory");
    return new Memory(wanted);
  };
  WebAssembly.Memory.prototype = Memory.prototype;
}`;
const coarseClock =
  "{ const now = performance.now.bind(performance); performance.now = () => Math.floor(now() / 100) * 100; }";

test("an isolated page without shared memory computes with one thread", async ({ page }) => {
  await inWorker(page, eightCores + noSharedMemory);
  const playground = new Playground(page);
  await playground.open(link, "auto");
  await playground.trainToEnd();
  await expect(playground.backend).toHaveText("WASM");
  const said = await details(playground, /WASM/);
  expect(said).toContain("One thread: this browser gives the page no memory that threads share.");
  playground.expectNoErrors();
});

test(".wasm files served as text are used", async ({ page }) => {
  await instead(page, () => ({ contentType: "text/plain" }));
  const playground = new Playground(page);
  await playground.open(link, "wasm");
  await playground.trainToEnd();
  expect(await details(playground, /WASM/)).toMatch(/SIMD.*in use/);
});

test("one that is refused is named, and WebAssembly without SIMD takes its place", async ({
  page,
}) => {
  await instead(page, (name) =>
    /simd/.test(name) ? { status: 403, body: Buffer.from("no") } : null,
  );
  const playground = new Playground(page);
  await playground.open(link, "wasm");
  await playground.trainToEnd();
  const said = await details(playground, /WASM/);
  expect(said).toContain(
    "Without SIMD, so slower: the server answered 403 for tfjs-backend-wasm-simd.wasm.",
  );
  expect(said).toContain("in use");
});

test("cut short, all of them: plain JavaScript computes, and the files are named", async ({
  page,
}) => {
  await instead(page, (_name, body) => ({ body: body.subarray(0, 20_000) }));
  const playground = new Playground(page);
  await playground.open(link, "wasm");
  await playground.trainToEnd();
  await expect(playground.backend).toHaveText("Plain JavaScript");
  const notice = page.getByTestId("slow");
  await notice.getByText("Why nothing faster is used").click();
  await expect(notice).toContainText("tfjs-backend-wasm-simd.wasm is cut short or damaged");
  await expect(notice).toContainText("tfjs-backend-wasm.wasm is cut short or damaged");
});

test("on a clock of 100 ms a backend is chosen, a run ends, and its roughness is said", async ({
  page,
}) => {
  await inWorker(page, coarseClock);
  const playground = new Playground(page);
  await playground.open(link, "auto");
  await playground.trainToEnd();
  await expect(playground.backend).toHaveText(/WASM|JavaScript/);
  await playground.backend.click();
  await expect(page.getByText(/clock moves only every 100 ms/)).toBeVisible();
  playground.expectNoErrors();
});
