// Which backend is taken where something is missing or computes wrong, and what is said of it.
import { afterEach, expect, it, vi } from "vitest";
import { makeDataset } from "../../data";
import { defaultExperiment, type Experiment, withValue } from "../../experiment/schema";
import { tf } from "../tensors";
import { wasmFolder } from "../testing";
import { type BackendName, BackendUnavailableError } from "./backend";
import { type ChoiceOptions, chooseBackend } from "./choose";

const options: ChoiceOptions = {
  wasmFolder,
  now: () => performance.now(),
  available: ["wasm", "cpu"],
};

async function choose(
  choice: BackendName | "auto",
  changes: Partial<ChoiceOptions> = {},
  experiment: Experiment = defaultExperiment,
) {
  const dataset = await makeDataset(experiment.data, experiment.seed, null);
  return chooseBackend(choice, experiment, dataset, { ...options, ...changes });
}

afterEach(() => vi.unstubAllGlobals());

it("without WebAssembly plain JavaScript computes, and the reason is said", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  const { report } = await choose("auto", { available: ["webgpu", "webgl", "wasm", "cpu"] });
  expect(report).toMatchObject({
    chosen: "cpu",
    slow: true,
    why: "The only one that works here.",
  });
  expect(report.candidates.map(({ name }) => name)).toEqual(["webgpu", "webgl", "wasm", "cpu"]);
  expect(report.candidates[2]?.reason).toMatch(/^This browser offers no WebAssembly/);
  expect(tf.getBackend()).toBe("cpu");
});

it("plain JavaScript is taken for a large network too where nothing else works", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  let large = withValue(defaultExperiment, "data.kind", "shapes");
  large = withValue(large, "data.trainSize", 40);
  large = withValue(large, "model.family", "cnn");
  const { report } = await choose("auto", {}, large);
  expect(report).toMatchObject({ chosen: "cpu", slow: true });
});

it("one that was asked for and is missing: another where that is wanted, else an error in words", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  const { report } = await choose("wasm", { orAnother: true });
  expect(report).toMatchObject({ chosen: "cpu", slow: true });
  expect(report.why).toMatch(/^WASM, chosen by hand, is not available here\. /);
  await expect(choose("wasm")).rejects.toThrow(BackendUnavailableError);
  await expect(choose("wasm")).rejects.toThrow(/offers no WebAssembly/);
});

it("on a clock that moves every 100 ms a choice is made, and its roughness is said", async () => {
  const now = () => Math.floor(performance.now() / 100) * 100;
  const { report } = await choose("auto", { now });
  expect(["wasm", "cpu"]).toContain(report.chosen);
  expect(report.why).toMatch(/moves only every 100 ms/);
});
