// Opens the built page in a headless Chromium for a measurement, and closes everything again.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";

const quietArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The folder of vite.config.ts, above the bundled command. */
function projectRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "vite.config.ts"))) folder = dirname(folder);
  return folder;
}

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
  const { ensureBrowser } = (await import(
    /* @vite-ignore */ join(root, "scripts", "browser.mjs")
  )) as { ensureBrowser(): Promise<string> };
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
