// The parts of replaying that need no graphics card; the whole is tested in a browser by e2e/replay.spec.ts.
import { describe, expect, it } from "vitest";
import { withValue } from "../../experiment/schema";
import { hyperparametersOf } from "../settings";
import { SliceBudget } from "../sliceBudget";
import { experimentWith } from "../testing";
import { CommandList } from "./commands";
import { BufferPool } from "./pool";
import { programKey } from "./programKey";
import { recordTwice } from "./recordedStep";
import { RecordingError } from "./recorder";
import { Signature } from "./signature";
import { Staging } from "./staging";

Object.assign(globalThis, { GPUBufferUsage: { COPY_SRC: 4, COPY_DST: 8, UNIFORM: 64 } });

interface FakeBuffer {
  readonly size: number;
  readonly usage: number;
  destroyed: boolean;
}

function fakeDevice() {
  const made: FakeBuffer[] = [];
  const createBuffer = ({ size, usage }: { size: number; usage: number }) => {
    const buffer = { size, usage, destroyed: false, destroy: () => undefined };
    buffer.destroy = () => {
      buffer.destroyed = true;
      return undefined;
    };
    made.push(buffer);
    return buffer;
  };
  return { made, device: { createBuffer } as unknown as GPUDevice };
}

/** An encoder that writes down what it is told. */
function notingEncoder() {
  const notes: string[] = [];
  const pass = {
    setPipeline: (pipeline: unknown) => notes.push(`pipeline ${pipeline}`),
    setBindGroup: (_: number, group: unknown) => notes.push(`group ${group}`),
    dispatchWorkgroups: (...sizes: number[]) => notes.push(`run ${sizes}`),
    end: () => notes.push("end"),
  };
  const encoder = {
    beginComputePass: () => {
      notes.push("begin");
      return pass;
    },
    copyBufferToBuffer: (from: unknown, at: number, to: unknown, into: number, size: number) =>
      notes.push(`copy ${[name(from), at, name(to), into, size]}`),
  };
  return { notes, encoder: encoder as unknown as GPUCommandEncoder };
}

const name = (value: unknown) => (typeof value === "string" ? value : "buffer");

describe("a command list", () => {
  it("sends the same commands in the same order, in as few passes as copies allow", () => {
    const list = new CommandList();
    const dispatch = (pipeline: string, group: string, x: number) => {
      list.setPipeline(pipeline as never);
      list.setGroup(group as never);
      list.dispatch(x, 1, 1);
    };
    dispatch("p", "a", 1);
    dispatch("p", "b", 2);
    list.copy("from" as never, 0, "to" as never, 4, 8);
    dispatch("p", "a", 3);
    dispatch("q", "a", 4);
    const { notes, encoder } = notingEncoder();
    list.encode(encoder);
    expect(list.dispatches).toBe(4);
    expect(notes).toEqual([
      ...["begin", "pipeline p", "group a", "run 1,1,1", "group b", "run 2,1,1", "end"],
      "copy from,0,to,4,8",
      ...["begin", "pipeline p", "group a", "run 3,1,1"],
      ...["pipeline q", "group a", "run 4,1,1", "end"],
    ]);
  });

  it("refuses a computation without a program", () => {
    expect(() => new CommandList().dispatch(1, 1, 1)).toThrow(/without its program/);
  });
});

describe("staging", () => {
  it("keeps the numbers of each step apart and sends them as bits", () => {
    const { device, made } = fakeDevice();
    const staging = new Staging(device);
    const [rate, index] = [{ size: 4 }, { size: 12 }] as unknown as [GPUBuffer, GPUBuffer];
    staging.add(Float32Array.of(0.5), rate);
    staging.add(Int32Array.of(7, -1, 3), index);
    staging.endStep();
    staging.add(Float32Array.of(0.25), rate);
    staging.endStep();
    staging.endStep();
    let sent = new Uint32Array();
    const queue = {
      writeBuffer: (_b: unknown, _o: number, words: Uint32Array, from: number, count: number) => {
        sent = words.slice(from, from + count) as never;
      },
    };
    staging.send(queue as never);
    expect([...new Float32Array(sent.buffer, 0, 1)]).toEqual([0.5]);
    expect([...new Int32Array(sent.buffer, 4, 3)]).toEqual([7, -1, 3]);
    expect([...new Float32Array(sent.buffer, 16, 1)]).toEqual([0.25]);
    const copies = [0, 1, 2].map((step) => {
      const { notes, encoder } = notingEncoder();
      staging.encode(encoder, step);
      return notes;
    });
    expect(copies).toEqual([
      ["copy buffer,0,buffer,0,4", "copy buffer,4,buffer,0,12"],
      ["copy buffer,16,buffer,0,4"],
      [],
    ]);
    staging.dispose();
    expect(made.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it("grows", () => {
    const { device, made } = fakeDevice();
    const staging = new Staging(device);
    staging.add(new Float32Array(5000), { size: 20_000 } as GPUBuffer);
    staging.endStep();
    staging.send({ writeBuffer: () => undefined });
    expect(made[0]?.size).toBeGreaterThanOrEqual(20_000);
  });
});

it("a pool hands out what was given back, by size and use, and frees everything at the end", () => {
  const { device, made } = fakeDevice();
  const pool = new BufferPool(device);
  const first = pool.take(16, 4);
  pool.giveBack(first);
  expect(pool.take(16, 8)).not.toBe(first);
  expect(pool.take(16, 4)).toBe(first);
  expect(pool.take(16, 4)).not.toBe(first);
  expect(pool.bytes).toBe(48);
  pool.dispose();
  expect(made.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
});

it("a signature tells order, values and objects apart", () => {
  const [a, b] = [{}, {}];
  const text = (...parts: (number | object)[]) => {
    const signature = new Signature();
    for (const part of parts) {
      if (typeof part === "number") signature.add(part);
      else signature.addObject(part);
    }
    return signature.text;
  };
  expect(text(1, 2, a)).toBe(text(1, 2, a));
  const others = [text(2, 1, a), text(1, 2, b), text(1, 2), text(1, 2, a, 0)];
  expect(new Set([text(1, 2, a), ...others]).size).toBe(5);
});

describe("what needs a new recording", () => {
  const base = experimentWith(
    ["regularization.weightDecay", 0.1],
    ["regularization.dropoutHidden", 0.2],
  );
  const key = (experiment = base) => programKey(experiment, hyperparametersOf(experiment), false);

  it.each([
    ["regularization.weightDecay", 0.7],
    ["regularization.dropoutHidden", 0.5],
    ["optimizer.learningRate", 0.5],
    ["optimizer.epochs", 777],
  ] as const)("is not another value of %s", (path, value) => {
    expect(key(withValue(base, path, value))).toBe(key());
  });

  it.each([
    ["regularization.weightDecay", 0],
    ["regularization.l1", 0.1],
    ["optimizer.clipNorm", 1],
  ] as const)("is %s at %s", (path, value) => {
    const other = withValue(base, path, value);
    expect(other).not.toEqual(base);
    expect(key(other)).not.toBe(key());
  });

  it("is a factor for each parameter where there was none", () => {
    expect(programKey(base, hyperparametersOf(base), true)).not.toBe(key());
  });
});

it("a slice grows while the card answers in time, and shrinks at once when it does not", () => {
  const budget = new SliceBudget();
  const sizes = Array.from({ length: 12 }, () => {
    budget.learn(budget.steps, 4 + 0.5 * budget.steps);
    return budget.steps;
  });
  expect(sizes.slice(0, 4)).toEqual([2, 4, 8, 16]);
  expect(sizes.at(-1)).toBeGreaterThan(60);
  budget.learn(budget.steps, 100 * budget.steps);
  expect(budget.steps).toBe(1);
  budget.learn(0, 1000);
  expect(budget.steps).toBe(1);
});

describe("recording twice", () => {
  const recorder = (signatures: readonly string[]) => {
    const disposed: number[] = [];
    let made = 0;
    const record = () => {
      const index = made++;
      return {
        signature: signatures[index] as string,
        dispose: () => void disposed.push(index),
      };
    };
    return { record, disposed };
  };

  it("keeps the first where both do the same", () => {
    const { record, disposed } = recorder(["same", "same"]);
    expect(recordTwice(record, () => {}).signature).toBe("same");
    expect(disposed).toEqual([1]);
  });

  it("keeps neither where they differ, or where what comes between them fails", () => {
    const { record, disposed } = recorder(["one", "other"]);
    expect(() => recordTwice(record, () => {})).toThrow(RecordingError);
    expect(disposed).toEqual([1, 0]);
    const failing = recorder(["one"]);
    const again = () => {
      throw new RangeError("no next step");
    };
    expect(() => recordTwice(failing.record, again)).toThrow(RangeError);
    expect(failing.disposed).toEqual([0]);
  });
});
