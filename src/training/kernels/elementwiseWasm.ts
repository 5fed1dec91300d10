// Element-wise programs on WASM: each becomes a small module of its own that works in the backend's memory, one pass instead of twenty.
import type { Program } from "../elementwise/program";
import { printWasm } from "../elementwise/wasmModule";
import { tf } from "../tensors";
import { elementwiseKernel } from "./elementwise";
import type { WasmBackend } from "./wasmBackend";

/** The parts of the WASM backend that hold its memory; its own types do not export them. */
interface MemoryBackend extends WasmBackend {
  readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory } };
  readonly dataIdMap: { get(id: object): { readonly memoryOffset: number } };
}

type Run = (...addressesAndBytes: number[]) => void;

const laneBytes = 16;
const compiled = new Map<string, Run>();

/** @throws where the memory cannot be shared: then the operations run one by one. */
function compile(program: Program, memory: WebAssembly.Memory): Run {
  const known = compiled.get(program.key);
  if (known) return known;
  const module = new WebAssembly.Module(printWasm(program));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const run = exports.run as Run;
  compiled.set(program.key, run);
  return run;
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
    compile(probe, (tf.backend() as unknown as MemoryBackend).wasm.asm.memory);
  } catch {
    return;
  }
  tf.registerKernel({
    kernelName: elementwiseKernel,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { wasm, dataIdMap, makeOutput } = backend as MemoryBackend;
      const { program } = attrs as unknown as { program: Program };
      const of = (name: string) => (inputs as Record<string, tf.TensorInfo>)[name] as tf.TensorInfo;
      const { shape } = of(program.vectors[0] as string);
      const outputs = program.results.map(() => makeOutput.call(backend, [...shape], "float32"));
      const tensors = [...program.vectors.map(of), ...program.scalars.map(of), ...outputs];
      const addresses = tensors.map(({ dataId }) => dataIdMap.get(dataId).memoryOffset);
      const bytes = 4 * tf.util.sizeFromShape(shape);
      compile(program, wasm.asm.memory)(...addresses, bytes - (bytes % laneBytes), bytes);
      return outputs;
    },
  });
}
