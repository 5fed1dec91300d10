// Reference cases on WebGPU and WebGL, which need a browser: the same code, bundled for it and run in a headless Chromium.
import { join } from "node:path";
import type { GoldenResult } from "../golden/run";
import type { BackendName } from "../training/backends/backend";
import { browserTools, projectRoot } from "./browserTools";
import type { GoldenFile, TimedResult } from "./goldenFiles";

/** Opens the harness page in a headless browser, runs the cases there and closes everything again. */
export async function runCasesInBrowser(
  files: readonly GoldenFile[],
  backend: Extract<BackendName, "webgpu" | "webgl">,
): Promise<TimedResult[]> {
  const root = projectRoot();
  const [{ createServer }, { chromium }] = await Promise.all([
    import("vite"),
    import("@playwright/test"),
  ]);
  const { ensureBrowser, quietArguments, softwareArguments } = await browserTools(root);
  const executablePath = await ensureBrowser();
  const server = await createServer({
    root,
    logLevel: "error",
    // A cache of its own: a development server that runs beside would make this page load anew.
    cacheDir: join(root, "node_modules", ".cache", "harness"),
    server: { port: 0, host: "localhost", hmr: false },
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0];
  const browser = await chromium.launch({
    executablePath,
    args: [...quietArguments, ...softwareArguments[backend]],
  });
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error.message));
    await page.goto(`${address}bench/harness.html`);
    await page.waitForFunction(() => "harness" in globalThis, undefined, { timeout: 120_000 });
    const results: TimedResult[] = [];
    for (const { name, content } of files) {
      const started = performance.now();
      const result = await page.evaluate(
        ([file, text, chosen]) =>
          (globalThis as unknown as { harness: Harness }).harness.golden(file, text, chosen),
        [name, JSON.stringify(content), backend] as const,
      );
      results.push({ ...result, milliseconds: performance.now() - started });
    }
    return results;
  } finally {
    await browser.close();
    await server.close();
  }
}

interface Harness {
  golden(name: string, text: string, backend: BackendName): Promise<GoldenResult>;
}
