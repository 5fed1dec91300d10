// Opens the built page in a headless Chromium for a measurement, and closes everything again.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { browserTools, projectRoot } from "../src/cli/browserTools";

/** Serves dist/ and hands a page on it to the measurement. @throws when there is no build. */
export async function withPage<T>(
  measure: (page: Page, address: string) => Promise<T>,
): Promise<T> {
  const root = projectRoot();
  if (!existsSync(join(root, "dist", "index.html"))) {
    throw new Error("There is no build to measure. Run: npm run build");
  }
  const [{ preview }, { chromium }] = await Promise.all([
    import("vite"),
    import("@playwright/test"),
  ]);
  const { ensureBrowser, quietArguments } = await browserTools(root);
  const server = await preview({
    root,
    logLevel: "error",
    preview: { port: 0, host: "localhost" },
  });
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: quietArguments,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    return await measure(page, server.resolvedUrls?.local[0] ?? "");
  } finally {
    await browser.close();
    await server.close();
  }
}
