// Takes the README's pictures from the built page: node scripts/screenshots.mjs (after npm run build).
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureBrowser, quietArguments } from "./browser.mjs";
import { root } from "./ensure.mjs";

const { chromium } = await import("@playwright/test");
const { preview } = await import("vite");
const folder = process.argv[2] ?? join(root, "docs", "screenshots");
mkdirSync(folder, { recursive: true });

const digits =
  "v=1;data=strokeDigits;train=300;noise=0.3;wrong=0;hidden=256;scaling=unit;init=pytorch;opt=adam;rate=1e-3;batch=64;epochs=50";
const cured = async (page) => {
  await page.getByTestId("suggestion").getByRole("button").click();
  await page.waitForTimeout(1500);
  await page.waitForFunction(() =>
    document.querySelector("[data-testid=train]").textContent.includes("again"),
  );
};
const pictures = [
  { name: "light-1440x900", size: [1440, 900], scheme: "light", link: "v=1" },
  { name: "cured-1440x900", size: [1440, 900], scheme: "light", link: "v=1", after: cured },
  { name: "dark-1280x720", size: [1280, 720], scheme: "dark", link: "v=1", after: cured },
  { name: "digits-dark-1280x720", size: [1280, 720], scheme: "dark", link: digits },
  { name: "digits-light-1440x900", size: [1440, 900], scheme: "light", link: digits },
  { name: "phone-390x844", size: [390, 844], scheme: "light", link: "v=1" },
  { name: "phone-dark-390x844", size: [390, 844], scheme: "dark", link: "v=1" },
];

const server = await preview({ root, logLevel: "error", preview: { port: 0 } });
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: quietArguments,
});
const wanted = process.argv.slice(3);
for (const { name, size, scheme, link, after, fullPage } of pictures) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const page = await browser.newPage({
    viewport: { width: size[0], height: size[1] },
    colorScheme: scheme,
  });
  await page.goto(`${server.resolvedUrls.local[0]}#${link}`);
  await page.getByTestId("train").click();
  await page.waitForFunction(
    () => document.querySelector("[data-testid=train]").textContent.includes("again"),
    undefined,
    { timeout: 60_000 },
  );
  await after?.(page);
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: fullPage ?? false });
  await page.close();
}
await browser.close();
await server.close();
