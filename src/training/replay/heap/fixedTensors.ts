// Small tensors that keep their place in the heap while their numbers change from step to step: what a recorded step reads.
import type { ScalarStore } from "../../hyperparameters";
import type { StepArray } from "../../stepValues";
import { type Tensor, tf } from "../../tensors";
import type { HeapBackend } from "./backend";

const wordBytes = 4;

interface Fixed {
  readonly tensor: Tensor;
  /** Place in the heap in words of four bytes. */
  readonly place: number;
  /** Of a scalar. */
  value: number;
}

export class HeapTensors implements ScalarStore {
  /** No kernel here reads the vector of all. */
  readonly keepsVector = false;
  private readonly held = new Map<string, Fixed>();

  constructor(private readonly backend: HeapBackend) {}

  set(name: string, value: number): void {
    const fixed = this.held.get(name);
    if (fixed) {
      if (fixed.value === value) return;
      fixed.value = value;
      this.backend.wasm.HEAPF32[fixed.place] = value;
    } else {
      this.make(name, tf.scalar(value), value);
    }
  }

  setVector(name: string, values: Float32Array<ArrayBuffer>): void {
    const fixed = this.held.get(name);
    if (fixed) this.backend.wasm.HEAPF32.set(values, fixed.place);
    else this.make(name, tf.tensor1d(values.slice()), Number.NaN);
  }

  get(name: string): Tensor | undefined {
    return this.held.get(name)?.tensor;
  }

  /** Sets an array. Arrays of the same name and another shape live in other places. @returns its tensor, owned by this object. */
  setArray(name: string, { values, shape }: StepArray): Tensor {
    const key = shape.length === 1 ? `${name} ${shape[0]}` : `${name} ${shape.join("×")}`;
    const fixed = this.held.get(key);
    const isWhole = values instanceof Int32Array;
    if (!fixed) {
      const dtype = isWhole ? "int32" : "float32";
      return this.make(key, tf.tensor(values.slice(), shape as number[], dtype), 0).tensor;
    }
    const { HEAP32, HEAPF32 } = this.backend.wasm;
    (isWhole ? HEAP32 : HEAPF32).set(values, fixed.place);
    return fixed.tensor;
  }

  dispose(): void {
    for (const { tensor } of this.held.values()) tensor.dispose();
    this.held.clear();
  }

  private make(key: string, tensor: Tensor, value: number): Fixed {
    const { memoryOffset } = this.backend.dataIdMap.get(tensor.dataId);
    const fixed = { tensor: tf.keep(tensor), place: memoryOffset / wordBytes, value };
    this.held.set(key, fixed);
    return fixed;
  }
}
