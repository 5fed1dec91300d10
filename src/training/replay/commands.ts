// A recorded list of commands for the device, and how it is sent again.

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

interface Copy {
  readonly pipeline: null;
  readonly from: GPUBuffer;
  readonly fromOffset: number;
  readonly to: GPUBuffer;
  readonly toOffset: number;
  readonly size: number;
}

export class CommandList {
  private readonly commands: (Dispatch | Copy)[] = [];
  private pipeline: GPUComputePipeline | null = null;
  private group: GPUBindGroup | null = null;

  /** Computations among the commands. */
  get dispatches(): number {
    return this.commands.filter((command) => command.pipeline !== null).length;
  }

  setPipeline(pipeline: GPUComputePipeline): void {
    this.pipeline = pipeline;
  }

  setGroup(group: GPUBindGroup): void {
    this.group = group;
  }

  dispatch(x: number, y: number, z: number): void {
    const { pipeline, group } = this;
    if (!pipeline || !group) throw new Error("A computation was recorded without its program.");
    this.commands.push({ pipeline, group, x, y, z });
  }

  copy(from: GPUBuffer, fromOffset: number, to: GPUBuffer, toOffset: number, size: number): void {
    this.commands.push({ pipeline: null, from, fromOffset, to, toOffset, size });
  }

  encode(encoder: GPUCommandEncoder): void {
    let pass: GPUComputePassEncoder | null = null;
    let current: GPUComputePipeline | null = null;
    for (const command of this.commands) {
      if (command.pipeline === null) {
        pass?.end();
        pass = null;
        const { from, fromOffset, to, toOffset, size } = command;
        encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, size);
        continue;
      }
      if (!pass) {
        pass = encoder.beginComputePass();
        current = null;
      }
      if (current !== command.pipeline) pass.setPipeline(command.pipeline);
      current = command.pipeline;
      pass.setBindGroup(0, command.group);
      pass.dispatchWorkgroups(command.x, command.y, command.z);
    }
    pass?.end();
  }
}
