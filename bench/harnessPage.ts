// Opens the harness page, bundled from the sources, in a headless Chromium with a graphics card played by the processor.
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { browserTools, projectRoot } from "../src/cli/browserTools";

/** Hands the harness page to a measurement and closes everything again. */
export async function withHarness<T>(
  measure: (page: Page) => Promise<T>,
  backend: "webgpu" | "webgl" = "webgpu",
): Promise<T> {
  const root = projectRoot();
  const [{ createServer }, { chromium }] = await Promise.all([
    import("vite"),
    import("@playwright/test"),
  ]);
  const { ensureBrowser, quietArguments, softwareArguments } = await browserTools(root);
  const server = await createServer({
    root,
    logLevel: "error",
    cacheDir: join(root, "node_modules", ".cache", "harness"),
    server: { port: 0, host: "localhost", hmr: false },
  });
  await server.listen();
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: [...quietArguments, ...softwareArguments[backend]],
  });
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error.message));
    await page.goto(`${server.resolvedUrls?.local[0]}bench/harness.html`);
    await page.waitForFunction(() => "harness" in globalThis, undefined, { timeout: 120_000 });
    return await measure(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
