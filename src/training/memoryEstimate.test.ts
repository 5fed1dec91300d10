// The memory that an experiment is said to need against what its tensors take on WASM: never off by a factor of two.
import { beforeAll, expect, test } from "vitest";
import { makeDataset } from "../data";
import { decodeLink } from "../experiment/link";
import { estimateBytes } from "../experiment/memory";
import { Measurements } from "./measurements";
import { TrainingRun } from "./run";
import { tf } from "./tensors";
import { switchBackend } from "./testing";

beforeAll(() => switchBackend("wasm"));

const pictures = "valid=20;test=20";

/** Most bytes of tensors at a time. */
async function peakOf(work: () => Promise<void>): Promise<number> {
  const { peakBytes } = await tf.profile(async () => {
    await work();
    return tf.scalar(0);
  });
  return peakBytes;
}

/** Most bytes of tensors at a time, of a step or of a measurement, whichever needs more. */
async function measuredBytes(link: string): Promise<{ estimated: number; measured: number }> {
  const { experiment, corrections } = decodeLink(`v=1;${link}`);
  expect(corrections).toEqual([]);
  const dataset = await makeDataset(experiment.data, experiment.seed, null);
  const before = tf.memory().numBytes;
  const run = new TrainingRun(experiment, dataset, Number.POSITIVE_INFINITY, { replays: false });
  const measurements = new Measurements(run, false, async () => {});
  const step = await peakOf(async () => void run.advance(true));
  const look = await peakOf(() => measurements.measure());
  const inputs = [dataset.train, dataset.validation, dataset.test].map((part) => part.inputs);
  const host = inputs.reduce((sum, { byteLength }) => sum + byteLength, 0);
  measurements.clear();
  run.dispose();
  const measured = Math.max(step, look) - before + host;
  return { estimated: estimateBytes(experiment), measured };
}

test.each([
  "train=300;batch=256;hidden=512-256",
  "data=strokeDigits;train=300;batch=256;hidden=256-256-256",
  "data=strokeDigits;train=300;batch=256;hidden=256-256-256;drop=0.5;norm=batch",
  "data=strokeDigits;train=300;batch=256;hidden=256-256-256;act=gelu",
  "data=strokeDigits;train=100;batch=8;hidden=1024-512",
  `data=strokeDigits;train=100;${pictures};family=cnn;blocks=16-32;hidden=64;batch=32`,
  `data=shapes;train=100;${pictures};family=cnn;blocks=16-32;head=mean;hidden=none;norm=batch;batch=64`,
  `data=shapes;train=100;${pictures};family=cnn;blocks=16;hidden=none;act=gelu;batch=32`,
  `data=shapes;train=100;${pictures};family=cnn;blocks=32;hidden=none;act=tanh;norm=layer;batch=64`,
  `data=shapes;train=100;${pictures};family=cnn;blocks=16-16;hidden=32;dropmap=0.3;pool=average;batch=100`,
  "data=shapes;train=1000;hidden=64;batch=512",
])("%s", async (link) => {
  const { estimated, measured } = await measuredBytes(link);
  expect(estimated / measured).toBeGreaterThan(0.5);
  expect(estimated / measured).toBeLessThan(2);
});
