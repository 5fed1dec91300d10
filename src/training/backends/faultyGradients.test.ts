// A backend whose backward pass is wrong, as some drivers' is (tfjs#8590 gives zeros): found by the check, dropped, and said.
import { afterEach, expect, it } from "vitest";
import { makeDataset } from "../../data";
import { defaultExperiment } from "../../experiment/schema";
import { tf } from "../tensors";
import { wasmFolder } from "../testing";
import { chooseBackend } from "./choose";
import { setUpBackend } from "./index";

type Fault = (stock: tf.KernelFunc) => tf.KernelFunc;
let repair = () => {};
afterEach(() => repair());

/** Breaks a kernel of WASM that is set up already; the check of the next start finds it. */
function breakKernel(name: string, fault: Fault): void {
  const kernel = tf.getKernel(name, "wasm") as tf.KernelConfig;
  const replace = (kernelFunc: tf.KernelFunc) => {
    tf.unregisterKernel(name, "wasm");
    tf.registerKernel({ ...kernel, kernelFunc });
  };
  replace(fault(kernel.kernelFunc));
  repair = () => replace(kernel.kernelFunc);
}

it.each<[string, string, Fault, RegExp]>([
  [
    "gives zeros for products with transposed sides",
    "BatchMatMul",
    (stock) => (call) => {
      const result = stock(call) as tf.TensorInfo;
      const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean };
      const backend = tf.backend() as unknown as {
        typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
      };
      if (transposeA || transposeB) backend.typedArrayFromHeap(result).fill(0);
      return result;
    },
    /WASM was dropped: its gradients are wrong \(entry \d+: 0, expected/,
  ],
  [
    "fails in an operation",
    "Tanh",
    () => () => {
      throw new Error("mapAsync: device lost");
    },
    /WASM was dropped: it failed while its gradients were checked\./,
  ],
])("a backend that %s", async (_what, name, fault, words) => {
  const { forgetBackends } = await import("./index");
  await setUpBackend("wasm", { wasmFolder });
  forgetBackends();
  breakKernel(name, fault);
  const { data, seed } = defaultExperiment;
  const { report } = await chooseBackend(
    "auto",
    defaultExperiment,
    await makeDataset(data, seed, null),
    {
      wasmFolder,
      now: () => performance.now(),
      available: ["wasm", "cpu"],
    },
  );
  expect(report.chosen).toBe("cpu");
  const reason = report.candidates.find((candidate) => candidate.name === "wasm")?.reason;
  expect(reason).toMatch(words);
  expect(reason).not.toContain("mapAsync");
  expect(tf.getBackend()).toBe("cpu");
});
