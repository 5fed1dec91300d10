// A frame with everything in it passes a real message channel, and the run that made it goes on.
import { MessageChannel } from "node:worker_threads";
import { beforeAll, expect, it } from "vitest";
import type { Frame } from "../training/telemetry";
import { experimentWith, makeTrainer, switchBackend } from "../training/testing";
import { buffersOf } from "./transfer";

beforeAll(() => switchBackend("cpu"));

it("large arrays move to the page, and the worker keeps what it needs", async () => {
  const experiment = experimentWith(
    ["data.kind", "strokeDigits"],
    ["data.trainSize", 12],
    ["data.validationSize", 20],
    ["data.testSize", 10],
    ["model.hiddenWidths", [6]],
    ["regularization.dropoutHidden", 0.5],
  );
  const { trainer, frames } = await makeTrainer(experiment);
  const { port1, port2 } = new MessageChannel();
  const received: Frame[] = [];
  port2.on("message", ({ frame }) => received.push(frame));
  for (let time = 0; time < 2; time++) {
    await trainer.watch(["weights", "gallery", "report", "filters", "maps"], 8);
    const frame = frames.at(-1) as Frame;
    const message = { event: "frame", frame } as const;
    const buffers = buffersOf(message);
    expect(new Set(buffers).size).toBe(buffers.length);
    const length = frame.filters?.[0]?.weights.length;
    port1.postMessage(message, buffers);
    expect(frame.filters?.[0]?.weights).toHaveLength(0);
    await expect.poll(() => received.length).toBe(time + 1);
    expect(received[time]?.filters?.[0]?.weights).toHaveLength(length as number);
    expect(received[time]?.maps?.stages[1]?.dropped).toHaveLength(6);
    expect(received[time]?.maps?.choices[0]?.pixels).toHaveLength(784);
  }
  port1.close();
  await trainer.advance("step");
  await trainer.dispose();
});
