// Reference cases on WebGPU and WebGL, which need a browser: the same code, bundled for it and run in a headless Chromium.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BackendName } from "../training/backends/backend";
import type { Tolerance } from "../training/golden/deviations";
import type { GoldenResult } from "../training/golden/run";
import { InputError } from "./errors";
import type { GoldenFile } from "./golden";

/** Emulates the graphics card on the processor where there is none. */
const browserArguments: Readonly<Record<"webgpu" | "webgl", readonly string[]>> = {
  webgpu: [
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--enable-unsafe-swiftshader",
  ],
  webgl: ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
};

const quietArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The folder of package.json, above the bundled command. */
function projectRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "vite.config.ts"))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new InputError("The project's folder was not found; run this from a checkout.");
    folder = parent;
  }
  return folder;
}

/** Opens the harness page in a headless browser, runs the cases there and closes everything again. */
export async function runCasesInBrowser(
  files: readonly GoldenFile[],
  backend: Extract<BackendName, "webgpu" | "webgl">,
  tolerance: Tolerance,
): Promise<GoldenResult[]> {
  const root = projectRoot();
  const [{ createServer }, { chromium }] = await Promise.all([
    import("vite"),
    import("@playwright/test"),
  ]);
  const { ensureBrowser } = (await import(
    /* @vite-ignore */ join(root, "scripts", "browser.mjs")
  )) as {
    ensureBrowser(): Promise<string>;
  };
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
    args: [...quietArguments, ...browserArguments[backend]],
  });
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error.message));
    await page.goto(`${address}bench/harness.html`);
    await page.waitForFunction(() => "harness" in globalThis, undefined, { timeout: 120_000 });
    const results: GoldenResult[] = [];
    for (const { name, content } of files) {
      results.push(
        await page.evaluate(
          ([file, text, chosen, limits]) =>
            (globalThis as unknown as { harness: Harness }).harness.golden(
              file,
              text,
              chosen,
              limits,
            ),
          [name, JSON.stringify(content), backend, tolerance] as const,
        ),
      );
    }
    return results;
  } finally {
    await browser.close();
    await server.close();
  }
}

interface Harness {
  golden(
    name: string,
    text: string,
    backend: BackendName,
    tolerance: Tolerance,
  ): Promise<GoldenResult>;
}
