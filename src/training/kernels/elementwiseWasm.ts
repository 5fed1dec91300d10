// Element-wise programs on WASM: each becomes a small module of its own that works in the backend's memory, one pass instead of twenty.

import type { Program } from "../elementwise/program";
import { elementwiseFunction } from "../elementwise/wasmModule";
import { tf } from "../tensors";
import { floatBytes, laneBytes } from "../webAssembly/names";
import { elementwiseKernel } from "./elementwise";
import {
  addressOf,
  type MemoryBackend,
  memoryBackend,
  type Run,
  wasmFunctionOf,
} from "./wasmMemory";
import { type Places, perform } from "./wasmWork";

const compile = (backend: MemoryBackend, program: Program): Run =>
  wasmFunctionOf(backend, program.key, () => elementwiseFunction(program));

/** Runs over whole vectors, or part by part where one of them lies in parts. */
function runAt(run: Run, { inputs, vectors, outputs, bytes, parted }: Places): void {
  const over = (addresses: readonly number[], length: number) =>
    run(...addresses, length - (length % laneBytes), length);
  if (!parted) {
    over([...inputs, ...outputs], bytes);
    return;
  }
  let done = 0;
  for (const part of parted.parts) {
    const from = inputs.map((address, input) => {
      if (input >= vectors) return address;
      return input === parted.input ? part.at : address + done;
    });
    over([...from, ...outputs.map((address) => address + done)], part.bytes);
    done += part.bytes;
  }
}

/** A program that adds two vectors, to see whether modules of this kind work here at all. */
const probe: Program = {
  key: "probe",
  operations: [
    { kind: "vector", name: "a" },
    { kind: "add", left: 0, right: 0 },
  ],
  vectors: ["a"],
  scalars: [],
  results: [["sum", 1]],
};

/** Registers the operation for the WASM backend where its memory can be reached; again is harmless. Call when the backend is up. */
export function registerElementwiseWasm(): void {
  if (tf.getKernel(elementwiseKernel, "wasm")) return;
  try {
    compile(memoryBackend(), probe);
  } catch {
    return;
  }
  tf.registerKernel({
    kernelName: elementwiseKernel,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const wasm = backend as unknown as MemoryBackend;
      const { program } = attrs as unknown as { program: Program };
      const of = (name: string) => (inputs as Record<string, tf.TensorInfo>)[name] as tf.TensorInfo;
      const { shape } = of(program.vectors[0] as string);
      const outputs = program.results.map(() => wasm.makeOutput([...shape], "float32"));
      const addressesOf = (tensors: readonly tf.TensorInfo[]) =>
        tensors.map((tensor) => addressOf(wasm, tensor));
      const places = {
        inputs: addressesOf([...program.vectors, ...program.scalars].map(of)),
        vectors: program.vectors.length,
        outputs: addressesOf(outputs),
        bytes: floatBytes * tf.util.sizeFromShape(shape),
      };
      const run = compile(wasm, program);
      perform(() => runAt(run, places), { places });
      return outputs;
    },
  });
}
