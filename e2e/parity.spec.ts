// The same run on a graphics backend and on WASM: every random number, augmentation and kernel must agree.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

/** Small enough for a graphics card that is emulated on the processor. */
const pictures =
  "data=shapes;train=24;valid=20;test=10;wrong=0;family=cnn;blocks=3-4;head=mean;hidden=none;batch=8;epochs=2;opt=adam;rate=3e-3";
const points = "train=30;valid=50;test=10;hidden=12-8;batch=10;epochs=4;opt=adam;rate=1e-2";

const runs: readonly (readonly [string, string])[] = [
  [
    "crop, flip, colours and erasing",
    `${pictures};crop=3;flip=horizontal;bright=0.4;contrast=0.4;saturation=0.5;erase=0.7`,
  ],
  ["mixup and label smoothing", `${pictures};mixup=0.4;smooth=0.1`],
  ["batch normalization and dropped maps", `${pictures};norm=batch;dropmap=0.3;drophead=0.2`],
  [
    "noise on inputs and weights, DropConnect",
    `${points};noisein=0.3;noiseweight=0.1;dropconnect=0.2`,
  ],
  [
    "proximal steps with strengths per layer",
    `${points};l1prox=0.1;l2=0.01;group=0.05;maxnorm=1;layers=2,0.5,0`,
  ],
  [
    "so many pictures that a graphics card holds them packed",
    "data=shapes;train=6000;valid=20;test=10;wrong=0;hidden=8;batch=1024;epochs=1;opt=adam;rate=1e-3",
  ],
  ["the forgotten switch", `${points};drop=0.4;norm=group;evalmode=training`],
];

/** Runs that `npm test` holds on both cards; the others follow with `npm run test:all`. */
const always: readonly string[] = [
  "batch normalization and dropped maps",
  "proximal steps with strengths per layer",
];

for (const [name, link] of runs) {
  const tag = always.includes(name) ? [] : ["@all"];
  test(`${name}: the same losses as on WASM`, { tag }, async ({ page, context }, { project }) => {
    test.slow();
    const losses: number[][] = [];
    for (const backend of ["wasm", project.name]) {
      const playground = new Playground(backend === "wasm" ? page : await context.newPage());
      await playground.open(`v=1;${link}`, backend);
      await playground.trainToEnd();
      losses.push([
        ...(await playground.column("train_loss")),
        ...(await playground.column("validation_loss")),
      ]);
      playground.expectNoErrors();
    }
    const [wasm = [], graphics = []] = losses;
    expect(wasm.length).toBeGreaterThan(4);
    expect(graphics).toHaveLength(wasm.length);
    graphics.forEach((loss, i) => {
      expect(Math.abs(loss - (wasm[i] as number)), `point ${i}`).toBeLessThan(2e-3);
    });
  });
}
