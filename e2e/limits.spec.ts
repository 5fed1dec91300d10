// WebGPU on a device with the least that the standard allows: workgroups of 256, 16 KiB in each, 8 buffers to a program.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

/** Put before the worker's code: nothing beyond the standard's limits is granted. */
const leastLimits = `{
  const ask = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function ({ requiredLimits, ...rest } = {}) {
    const device = await ask.call(this, rest);
    device.addEventListener("uncapturederror", ({ error }) => console.error(error.message));
    return device;
  };
}`;

const link =
  "v=1;data=shapes;train=40;valid=20;test=10;family=cnn;blocks=4-8;norm=batch;drophead=0.2;l1=1e-3;batch=20;epochs=2";

test("convolutions, normalization and penalties train within them", async ({ page }) => {
  await page.context().route("**/assets/engine.worker*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${leastLimits}\n${await response.text()}` });
  });
  const playground = new Playground(page);
  await playground.open(link, "webgpu");
  await playground.trainToEnd();
  await expect(playground.backend).toHaveText("WebGPU");
  const losses = await playground.column("train_loss");
  expect(losses.at(-1)).toBeLessThan(losses[0] as number);
  playground.expectNoErrors();
});
