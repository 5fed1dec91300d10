// End-to-end tests in a real Chromium, on WASM, and on WebGPU emulated on the processor; a short suite in every browser engine.
import { defineConfig } from "@playwright/test";
import type { EngineOptions } from "./e2e/engines/fixtures";
import { findBrowser, quietArguments, softwareArguments } from "./scripts/browser.mjs";

// Another checkout's tests may run beside these.
const port = Number(process.env.E2E_PORT ?? 4174);
const executablePath = await findBrowser();
const launch = (extra: string[]) => ({
  args: [...quietArguments, ...extra],
  ...(executablePath ? { executablePath } : {}),
});

const onDevices = ["**/webgpu.spec.ts", "**/replay.spec.ts", "**/limits.spec.ts"];
/** What WebGPU and WebGL must both do. */
const onBoth = ["**/parity.spec.ts", "**/kernels.spec.ts", "**/statistics.spec.ts"];
/** What must hold on every backend. */
const everywhere = "**/compile.spec.ts";
/**
 * The emulated cards are slow. `npm test` runs one case of each kind there; `npm run test:all` (TEST_ALL=1) adds those marked
 * @all, and what compiles on WebGPU.
 */
const all = process.env.TEST_ALL === "1";
/** What must hold in every browser engine. */
const inEngines = "**/engines/*.spec.ts";

export default defineConfig<object, EngineOptions>({
  testDir: "e2e",
  timeout: 90_000,
  expect: { timeout: 30_000 },
  fullyParallel: true,
  // Training takes a core of its own; more pages at once would only slow each other down.
  workers: 2,
  forbidOnly: true,
  ...(all ? {} : { grepInvert: /@all/ }),
  // The processor that trains here also plays the graphics cards, and may be shared: what fails twice is wrong. What failed
  // once is listed as flaky.
  retries: 1,
  outputDir: ".cache/e2e",
  reporter: "list",
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    trace: "on-first-retry",
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort --host localhost`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
  projects: [
    {
      name: "wasm",
      testIgnore: [...onDevices, ...onBoth, inEngines],
      use: { launchOptions: launch([]) },
    },
    {
      name: "webgpu",
      testMatch: [...onDevices, ...onBoth, ...(all ? [everywhere] : [])],
      use: { launchOptions: launch(softwareArguments.webgpu) },
    },
    {
      name: "webgl",
      testMatch: [...onBoth, everywhere],
      use: { launchOptions: launch(softwareArguments.webgl) },
    },
    ...(["chromium", "firefox", "webkit"] as const).map((engine) => ({
      name: engine,
      testMatch: inEngines,
      use: { engine },
    })),
  ],
});
