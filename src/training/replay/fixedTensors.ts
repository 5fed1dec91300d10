// Small tensors that keep their place on the device while their numbers change from step to step: what a recorded step reads.
import type { StepArray } from "../stepValues";
import { type Tensor, tf } from "../tensors";
import { bufferOf, type DeviceBackend, sendPending } from "./device";
import type { Staging } from "./staging";

interface Fixed {
  readonly tensor: Tensor;
  readonly buffer: GPUBuffer;
  readonly values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
  /** The device does not have the values yet. */
  stale: boolean;
}

export class FixedTensors {
  readonly keepsVector = true;
  private readonly held = new Map<string, Fixed>();
  private readonly stale = new Set<Fixed>();

  constructor(private readonly backend: DeviceBackend) {}

  /** Sets a float32 scalar. */
  set(name: string, value: number): void {
    const fixed = this.held.get(name);
    if (!fixed) {
      this.make(name, { values: Float32Array.of(value), shape: [] });
    } else if (fixed.values[0] !== Math.fround(value)) {
      fixed.values[0] = value;
      this.mark(fixed);
    }
  }

  /** Sets a float32 vector. */
  setVector(name: string, values: Float32Array<ArrayBuffer>): void {
    const fixed = this.held.get(name);
    if (!fixed) {
      this.make(name, { values, shape: [values.length] });
    } else if (values.some((value, index) => value !== fixed.values[index])) {
      fixed.values.set(values);
      this.mark(fixed);
    }
  }

  /** Sets an array. Arrays of the same name and another shape live in other places. @returns its tensor, owned by this object. */
  setArray(name: string, array: StepArray): Tensor {
    const place = `${name} ${array.shape.join("×")}`;
    const fixed = this.held.get(place);
    if (!fixed) return this.make(place, array).tensor;
    fixed.values.set(array.values);
    this.mark(fixed);
    return fixed.tensor;
  }

  /** The tensor of a scalar or vector with its value on the device, owned by this object; undefined where it was never set. */
  get(name: string): Tensor | undefined {
    const fixed = this.held.get(name);
    if (fixed?.stale) this.flush();
    return fixed?.tensor;
  }

  /** Writes all values that the device does not have yet. */
  flush(): void {
    if (this.stale.size === 0) return;
    sendPending(this.backend);
    for (const fixed of this.stale) {
      this.backend.queue.writeBuffer(fixed.buffer, 0, fixed.values);
      fixed.stale = false;
    }
    this.stale.clear();
  }

  /** Hands all values that the device does not have yet over to a staging buffer. */
  stage(staging: Staging): void {
    for (const fixed of this.stale) {
      staging.add(fixed.values, fixed.buffer);
      fixed.stale = false;
    }
    this.stale.clear();
  }

  dispose(): void {
    for (const { tensor } of this.held.values()) tensor.dispose();
    this.held.clear();
    this.stale.clear();
  }

  private make(place: string, { values, shape }: StepArray): Fixed {
    const dtype = values instanceof Int32Array ? "int32" : "float32";
    const tensor = tf.keep(tf.tensor(values.slice(), shape as number[], dtype));
    const buffer = bufferOf(this.backend, tensor);
    const fixed = { tensor, buffer, values: values.slice(), stale: false };
    this.held.set(place, fixed);
    return fixed;
  }

  private mark(fixed: Fixed): void {
    fixed.stale = true;
    this.stale.add(fixed);
  }
}
