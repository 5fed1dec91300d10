// Batches have the same bits wherever the examples lie: on the host as bytes, on the device as numbers, or packed three to one.
import { beforeAll, describe, expect, it } from "vitest";
import { pictureScaling, scaledInputs } from "../data/scaling";
import type { Dataset, Examples } from "../data/types";
import { DeviceExamples } from "./deviceExamples";
import { PackedRows } from "./packedRows";
import { tf } from "./tensors";
import { switchBackend } from "./testing";

const count = 23;
const endless = Number.POSITIVE_INFINITY;

function pictures(inputSize: number): Dataset {
  const inputs = Uint8Array.from(
    { length: count * inputSize },
    (_, i) => (i * 97 + (i >> 5)) % 256,
  );
  const part: Examples = {
    count,
    inputs,
    labels: Int32Array.from({ length: count }, (_, i) => i % 10),
    targets: new Float32Array(0),
    mislabelled: new Uint8Array(count),
  };
  return {
    type: "classification",
    inputShape: [inputSize],
    inputSize,
    outputs: 10,
    classNames: [],
    featureNames: [],
    scaling: pictureScaling(inputs, "standardized"),
    train: part,
    validation: part,
    test: part,
  };
}

describe.each(["cpu", "wasm"] as const)("on %s", (backend) => {
  beforeAll(() => switchBackend(backend));

  it.each([784, 3072, 5])("rows of %d bytes come out of the pack as they went in", async (size) => {
    const dataset = pictures(size);
    const bytes = dataset.train.inputs as Uint8Array;
    const identity = Float32Array.from({ length: 256 }, (_, value) => value);
    const packed = new PackedRows(bytes, count, size, identity);
    const index = tf.tensor1d([22, 0, 7, 7], "int32");
    const gathered = packed.gather(index);
    expect(await gathered.data()).toEqual(
      Float32Array.from(
        [22, 0, 7, 7].flatMap((row) => [...bytes.subarray(row * size, (row + 1) * size)]),
      ),
    );
    const before = tf.memory().numTensors;
    packed.slice(3, 2).dispose();
    expect(tf.memory().numTensors).toBe(before);
    packed.dispose();
  });

  it.each([
    ["as suits the processor", endless, true, backend === "wasm"],
    ["numbers on the device", endless, false, true],
    ["packed on the device", 3 * 1024 * count, false, true],
    ["bytes on the host of a small device", 100, false, false],
  ] as const)("%s", async (_, maximumBytes, processor, resident) => {
    const dataset = pictures(1000);
    const examples = new DeviceExamples(dataset, dataset.train, maximumBytes, processor);
    expect(examples.isResident).toBe(resident);
    const expected = (rows: readonly number[]) =>
      Float32Array.from(
        rows.flatMap((row) => [...scaledInputs(dataset.train, dataset, row, row + 1)]),
      );
    const batch = examples.gather(Int32Array.of(4, 19, 4));
    expect(await batch.inputs.data()).toEqual(expected([4, 19, 4]));
    expect(await batch.targets.data()).toEqual(
      Float32Array.from(
        [4, 9, 4].flatMap((label) => Array.from({ length: 10 }, (_, k) => (k === label ? 1 : 0))),
      ),
    );
    const part = examples.slice(20, 3);
    const another = examples.slice(2, 1);
    expect(await part.inputs.data()).toEqual(expected([20, 21, 22]));
    expect(await another.inputs.data()).toEqual(expected([2]));
    // What came before keeps its values.
    expect(await batch.inputs.data()).toEqual(expected([4, 19, 4]));
    examples.dispose();
  });
});
