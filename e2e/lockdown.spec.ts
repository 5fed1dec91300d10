// A browser without WebAssembly and graphics, as lockdown modes leave it: everything trains in plain JavaScript, and that is said.
import { expect, test } from "@playwright/test";
import { findBrowser, quietArguments } from "../scripts/browser.mjs";
import { Playground } from "./playground";

const executablePath = await findBrowser();
test.use({
  launchOptions: {
    args: [
      ...quietArguments,
      // Takes WebAssembly away where Chromium still obeys it; newer ones need withoutWebAssembly below.
      "--js-flags=--noexpose_wasm",
      "--disable-gpu",
      "--disable-3d-apis",
      "--disable-features=WebGPU",
    ],
    ...(executablePath ? { executablePath } : {}),
  },
});

const withoutWebAssembly = "delete globalThis.WebAssembly;";

test.beforeEach(async ({ page }) => {
  await page.addInitScript(withoutWebAssembly);
  await page.context().route("**/assets/engine.worker*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${withoutWebAssembly}\n${await response.text()}` });
  });
});

test("why is said, small experiments are offered and train; a convolutional network does too", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open(
    "v=1;data=shapes;train=1000;valid=20;test=10;family=cnn;blocks=4-8;batch=20;epochs=40",
    "auto",
  );
  await expect(playground.backend).toHaveText("Plain JavaScript");
  const notice = page.getByTestId("slow");
  await notice.getByText("Why nothing faster is used").click();
  await expect(notice).toContainText("WASM: This browser offers no WebAssembly");
  await expect(notice).toContainText(/WebGPU: .*WebGL: /);
  await page.getByRole("button", { name: "One step" }).click();
  await expect(playground.epoch).not.toHaveText("0");
  await notice.getByRole("button", { name: /Two moons/ }).click();
  await expect(notice).toContainText("such as this one");
  await playground.train.click();
  await expect(playground.epoch).toHaveText(/[1-9]/);
  playground.expectNoErrors();
});
