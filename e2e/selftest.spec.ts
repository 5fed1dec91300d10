// The self-test: anyone runs all reference cases in their own browser and takes a report away.
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./checks";
import { Playground } from "./playground";
import { caseCount } from "./referenceCases";

const dialog = (page: Page) => page.getByTestId("selftest");
const status = (page: Page) => page.getByTestId("selftest-status");

test("all cases pass on WASM, with errors, limits and a report to copy", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const playground = new Playground(page);
  await playground.open("v=1;epochs=5");
  await playground.backend.click();
  await page.getByRole("button", { name: "Run the self-test on this machine" }).click();
  await expect(dialog(page)).toBeVisible();
  await expect(page).toHaveURL(/\?selftest#v=1\./);
  await page.getByRole("radio", { name: /^WASM/ }).check();
  await page.getByRole("button", { name: `Run all ${caseCount} cases on WASM` }).click();
  await expect(status(page)).toHaveText(new RegExp(`^${caseCount} passed, 0 failed in `), {
    timeout: 60_000,
  });
  await expect(page.getByTestId("selftest-worst")).toHaveText(
    /Nearest to its limit: \w+, largest error [\d.]+e-\d+, limit [\d.]+e-\d+/,
  );
  const row = page.getByRole("row", { name: /sklearn_lasso_path/ });
  await expect(row).toContainText("✓ passed");
  await expect(row).toContainText("limit 1e-3");
  await page.getByRole("button", { name: "Copy report" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain("Backend: wasm");
  expect(report).toContain("TensorFlow.js 4.22.0");
  expect(report).toContain(`Result: ${caseCount} passed, 0 failed of ${caseCount} cases`);
  expect(report.match(/^pass /gm)).toHaveLength(caseCount);
  playground.expectNoErrors();
});

test("opens by its address, is left by Escape, and keys do not reach the playground behind", async ({
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem("regularization-playground.backend", "wasm"));
  await page.goto("./?selftest#v=1;seed=7");
  const playground = new Playground(page);
  await playground.ready();
  await expect(dialog(page)).toBeVisible();
  await page.getByRole("heading", { name: "Self-test" }).click();
  await page.keyboard.press("e");
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await expect(page).toHaveURL(/\/#v=1\.\w+;seed=7$/);
  await expect(playground.epoch).toHaveText(/^0\b/);
  await playground.backend.click();
  await page.getByRole("button", { name: "Run the self-test on this machine" }).click();
  await page.getByRole("button", { name: "Back to the playground" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.locator("button:focus")).toContainText("WASM");
});

test("a file that cannot be loaded is named, the rest goes on, and Stop stops", async ({
  page,
}) => {
  await page.route(/sgd_momentum-[^/]*\.json/, (route) => route.fulfill({ status: 404 }));
  await page.goto("./?selftest");
  await page.getByRole("radio", { name: /^WASM/ }).check();
  const run = page.getByRole("button", { name: `Run all ${caseCount} cases on WASM` });
  await run.click();
  await expect(status(page)).toHaveText(
    new RegExp(`^${caseCount - 1} passed, 0 failed, 1 could not be loaded in `),
    { timeout: 60_000 },
  );
  await expect(
    page.getByText("its file could not be loaded: the server answered 404"),
  ).toBeVisible();
  // The last file never comes: the test hangs there until it is stopped.
  await page.route(/wd_ramp_sgd-[^/]*\.json/, () => {});
  await run.click();
  await expect(status(page)).toHaveText(
    new RegExp(`^${caseCount - 1} of ${caseCount} done, about .* left$`),
    { timeout: 60_000 },
  );
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(status(page)).toHaveText(
    `Stopped: ${caseCount - 2} passed, 0 failed, 1 could not be loaded, 1 not run.`,
  );
  await expect(run).toBeEnabled();
});

test("a backend that this machine lacks is explained", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "gpu", { value: undefined, configurable: true });
  });
  await page.goto("./?selftest");
  await expect(page.getByRole("radio", { name: /^WebGPU/ })).toBeDisabled();
  await expect(page.getByText("This browser offers no WebGPU")).toBeVisible();
  // The binaries cannot be had: the backend fails only when it is tried.
  await page.route(/\.wasm$/, (route) => route.abort());
  await page.getByRole("radio", { name: /^WASM/ }).check();
  await page.getByRole("button", { name: `Run all ${caseCount} cases on WASM` }).click();
  await expect(status(page)).toHaveText(/^Ended early: /, { timeout: 60_000 });
  await expect(page.getByRole("button", { name: "Copy report" })).toBeVisible();
});

for (const [scheme, width, height] of [
  ["light", 390, 844],
  ["dark", 1280, 720],
] as const) {
  test(`no accessibility violations and nothing too wide (${scheme}, ${width}×${height})`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto("./?selftest");
    await page.getByRole("radio", { name: /^WASM/ }).check();
    await page.getByRole("button", { name: `Run all ${caseCount} cases on WASM` }).click();
    await expect(status(page)).toHaveText(new RegExp(`^${caseCount} passed`), { timeout: 60_000 });
    const overflow = await dialog(page).evaluate((held) => held.scrollWidth - held.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
}
