// Runs a piece of training code once without computing anything, and keeps the commands that it would have sent to the device.
import { CommandList } from "./commands";
import { type DataId, type DeviceBackend, sendPending } from "./device";
import { type BufferPool, RecordingBuffers } from "./pool";
import { Signature } from "./signature";

/** Why a piece of code cannot be recorded, in words for the page. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
}

export interface Recording {
  readonly commands: CommandList;
  /** The same for two recordings that do the same with the same tensors from outside. */
  readonly signature: string;
  /** False when a tensor from outside no longer has the buffer that was recorded. */
  isValid(): boolean;
  /** Frees uniforms and constants; the pool is freed by its owner. */
  dispose(): void;
}

/** Sets properties for the time of a call. */
export function withOverrides<T extends object>(
  target: T,
  overrides: Partial<T>,
  body: () => void,
): void {
  const names = Object.keys(overrides) as (keyof T)[];
  const before = names.map((name) => Object.getOwnPropertyDescriptor(target, name));
  Object.assign(target, overrides);
  try {
    body();
  } finally {
    names.forEach((name, index) => {
      const descriptor = before[index];
      if (descriptor) Object.defineProperty(target, name, descriptor);
      else delete target[name];
    });
  }
}

/** What of the backend is replaced while it records. */
class Recorder {
  readonly commands = new CommandList();
  readonly signature = new Signature();
  readonly outside = new Map<DataId, GPUBuffer>();
  readonly buffers: RecordingBuffers;
  private readonly firstId: number;

  constructor(
    private readonly backend: DeviceBackend,
    pool: BufferPool,
  ) {
    this.buffers = new RecordingBuffers(backend.device, pool, backend.bufferManager);
    // Ids are handed out in order: a tensor made from now on has a larger one.
    const { dataId } = backend.makeTensorInfo([0], "float32");
    backend.disposeData(dataId);
    this.firstId = (dataId as { id: number }).id;
  }

  overrides(): Partial<DeviceBackend> {
    const { backend, buffers, signature } = this;
    const { queue, uploadToGPU, readSync } = backend;
    const refuse = () => {
      throw new RecordingError("a step reads values back from the device");
    };
    const recorder = this;
    return {
      bufferManager: buffers,
      // Nothing is pending while recording: a buffer may be used again as soon as its tensor is gone.
      commandQueueOwnedIds: { has: () => false, add: () => new WeakSet() },
      queue: {
        writeBuffer(buffer: GPUBuffer, offset: number, data: ArrayBuffer) {
          signature.addBytes(new Uint8Array(data));
          queue.writeBuffer(buffer, offset, data);
        },
        submit() {},
      } as never,
      ensureCommandEncoderReady(this: DeviceBackend) {
        this.commandEncoder ??= recorder.encoder() as never;
      },
      uploadToGPU(id) {
        recorder.see(id);
        if (!recorder.isOutside(id)) {
          const { values } = backend.tensorMap.get(id);
          if (values) signature.addNumbers(values);
          uploadToGPU.call(backend, id);
        }
      },
      read: refuse,
      // Constants that never left the host may be read.
      readSync: (id) => (backend.tensorMap.get(id).values ? readSync.call(backend, id) : refuse()),
    };
  }

  /** Remembers where each tensor that a command works with comes from. */
  private see(dataId: DataId): void {
    const { id } = dataId as { id: number };
    this.signature.add(id - (this.isOutside(dataId) ? 0 : this.firstId));
    if (!this.isOutside(dataId)) return;
    this.uploadOutside(dataId);
    this.outside.set(dataId, this.backend.tensorMap.get(dataId).resource as GPUBuffer);
  }

  private isOutside(dataId: DataId): boolean {
    return (dataId as { id: number }).id <= this.firstId;
  }

  /** Tensors from outside keep buffers of the backend's own manager. */
  private uploadOutside(id: DataId): void {
    const data = this.backend.tensorMap.get(id);
    if (data.resource || !data.values) return;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const numbers =
      data.dtype === "float32" ? Float32Array.from(data.values) : Int32Array.from(data.values);
    data.resource = this.buffers.acquireOutside(numbers.byteLength, usage);
    this.backend.device.queue.writeBuffer(data.resource, 0, numbers);
    data.values = null;
  }

  private encoder() {
    const { commands, signature } = this;
    const pass = {
      setPipeline: (pipeline: GPUComputePipeline) => {
        signature.addObject(pipeline);
        commands.setPipeline(pipeline);
      },
      setBindGroup: (_index: number, group: GPUBindGroup) => commands.setGroup(group),
      dispatchWorkgroups: (x: number, y = 1, z = 1) => {
        signature.add(x, y, z);
        commands.dispatch(x, y, z);
      },
      end() {},
    };
    return {
      beginComputePass: () => pass,
      copyBufferToBuffer: (
        from: GPUBuffer,
        fromOffset: number,
        to: GPUBuffer,
        toOffset: number,
        size: number,
      ) => {
        signature.add(fromOffset, toOffset, size);
        commands.copy(from, fromOffset, to, toOffset, size);
      },
      finish: () => null,
    };
  }
}

/**
 * Records what `body` would compute. Nothing is computed: tensors that it makes have no values and are to be disposed in it.
 * @throws RecordingError when the code needs values on the host; whatever `body` throws otherwise.
 */
export function record(backend: DeviceBackend, pool: BufferPool, body: () => void): Recording {
  sendPending(backend);
  const recorder = new Recorder(backend, pool);
  const { buffers, commands, outside, signature } = recorder;
  const dispose = () => {
    for (const buffer of buffers.lasting) buffer.destroy();
    buffers.lasting.clear();
  };
  try {
    withOverrides(backend, recorder.overrides(), () => {
      try {
        body();
      } finally {
        // Also frees what waits for the end of the queue.
        sendPending(backend);
      }
    });
  } catch (error) {
    dispose();
    throw error;
  } finally {
    buffers.close();
  }
  return {
    commands,
    signature: signature.text,
    isValid: () =>
      [...outside].every(
        ([id, buffer]) =>
          backend.tensorMap.has(id) && backend.tensorMap.get(id).resource === buffer,
      ),
    dispose,
  };
}
