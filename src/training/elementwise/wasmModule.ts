// Prints a program as a WebAssembly module: one SIMD loop over vectors in somebody else's memory, and a plain one for what is left over.
import type { Binary, Program, Unary } from "./program";

/** Bytes of the WebAssembly binary format (core specification 2.0, chapter 5). */
const op = {
  end: 0x0b,
  block: 0x02,
  loop: 0x03,
  branch: 0x0c,
  branchIf: 0x0d,
  get: 0x20,
  set: 0x21,
  constant: 0x41,
  greaterOrEqual: 0x4f,
  addInteger: 0x6a,
  simd: 0xfd,
  noType: 0x40,
} as const;
const type = { i32: 0x7f, f32: 0x7d, v128: 0x7b, function: 0x60 } as const;

type Code = readonly number[];

/** Little-endian base 128, unsigned. */
function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

const simd = (code: number): Code => [op.simd, ...unsigned(code)];
const counted = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
const name = (text: string): Code => [...unsigned(text.length), ...new TextEncoder().encode(text)];

/** How a loop computes: four lanes at once, or one. */
interface Lanes {
  readonly bytes: number;
  readonly type: number;
  readonly load: Code;
  /** Loads one number into all lanes. */
  readonly loadOne: Code;
  readonly store: Code;
  readonly operations: Readonly<Record<Binary | Unary, Code>>;
}

/** Alignment 2² and offset 0. */
const memoryArgument = [2, 0];

const four: Lanes = {
  bytes: 16,
  type: type.v128,
  load: [...simd(0x00), ...memoryArgument],
  loadOne: [...simd(0x09), ...memoryArgument],
  store: [...simd(0x0b), ...memoryArgument],
  operations: {
    add: simd(0xe4),
    sub: simd(0xe5),
    mul: simd(0xe6),
    div: simd(0xe7),
    min: simd(0xe8),
    max: simd(0xe9),
    neg: simd(0xe1),
    sqrt: simd(0xe3),
  },
};

const one: Lanes = {
  bytes: 4,
  type: type.f32,
  load: [0x2a, ...memoryArgument],
  loadOne: [0x2a, ...memoryArgument],
  store: [0x38, ...memoryArgument],
  operations: {
    add: [0x92],
    sub: [0x93],
    mul: [0x94],
    div: [0x95],
    min: [0x96],
    max: [0x97],
    neg: [0x8c],
    sqrt: [0x91],
  },
};

/**
 * The function's parameters are addresses in bytes: input vectors, scalars, results, in the program's order; then the
 * bytes of a vector that four lanes can take at once, and all its bytes.
 */
class Printer {
  private readonly addresses: number;
  private readonly position: number;

  constructor(private readonly program: Program) {
    const { vectors, scalars, results } = program;
    this.addresses = vectors.length + scalars.length + results.length;
    this.position = this.addresses + 2;
  }

  module(): Uint8Array<ArrayBuffer> {
    const parameters = this.addresses + 2;
    const { length } = this.program.operations;
    const signature = [
      type.function,
      ...counted(Array.from({ length: parameters }, () => [type.i32])),
      ...counted([]),
    ];
    const locals = counted([
      [1, type.i32],
      [...unsigned(length), type.v128],
      [...unsigned(length), type.f32],
    ]);
    const firstLocal = this.position + 1;
    const body = [
      ...locals,
      ...this.loop(four, firstLocal, this.addresses),
      ...this.loop(one, firstLocal + length, this.addresses + 1),
      op.end,
    ];
    return Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, counted([signature])),
      ...section(2, counted([[...name("env"), ...name("memory"), 0x02, 0x00, 0x00]])),
      ...section(3, counted([[0]])),
      ...section(7, counted([[...name("run"), 0x00, 0x00]])),
      ...section(10, counted([[...unsigned(body.length), ...body]])),
    ]);
  }

  /** Runs while the position is below the local `end`. Operation k's value lives in local first + k. */
  private loop(lanes: Lanes, first: number, end: number): Code {
    const { operations } = this.program;
    const each = (wanted: (kind: string) => boolean) =>
      operations.flatMap((operation, index) =>
        wanted(operation.kind) ? this.operation(lanes, first, index) : [],
      );
    return [
      ...each((kind) => kind === "scalar"),
      ...[op.block, op.noType, op.loop, op.noType],
      ...[op.get, ...unsigned(this.position), op.get, ...unsigned(end), op.greaterOrEqual],
      ...[op.branchIf, 1],
      ...each((kind) => kind !== "scalar"),
      ...this.results(lanes, first),
      ...[op.get, ...unsigned(this.position), op.constant, lanes.bytes, op.addInteger],
      ...[op.set, ...unsigned(this.position), op.branch, 0],
      ...[op.end, op.end],
    ];
  }

  /** Address of the present position in the vector of parameter `parameter`. */
  private address(parameter: number): Code {
    const position = [op.get, ...unsigned(this.position)];
    return [op.get, ...unsigned(parameter), ...position, op.addInteger];
  }

  private operation(lanes: Lanes, first: number, index: number): Code {
    const { operations, vectors, scalars } = this.program;
    const operation = operations[index] as (typeof operations)[number];
    const get = (node: number): Code => [op.get, ...unsigned(first + node)];
    const value = (): Code => {
      switch (operation.kind) {
        case "vector":
          return [...this.address(vectors.indexOf(operation.name)), ...lanes.load];
        case "scalar": {
          const parameter = vectors.length + scalars.indexOf(operation.name);
          return [op.get, ...unsigned(parameter), ...lanes.loadOne];
        }
        case "neg":
        case "sqrt":
          return [...get(operation.of), ...lanes.operations[operation.kind]];
        default: {
          const { left, right, kind } = operation;
          return [...get(left), ...get(right), ...lanes.operations[kind]];
        }
      }
    };
    return [...value(), op.set, ...unsigned(first + index)];
  }

  private results(lanes: Lanes, first: number): Code {
    const { vectors, scalars, results } = this.program;
    const before = vectors.length + scalars.length;
    return results.flatMap(([, operation], index) => [
      ...this.address(before + index),
      ...[op.get, ...unsigned(first + operation)],
      ...lanes.store,
    ]);
  }
}

/** The binary of a module that imports env.memory and exports run(addresses …, bytes in fours, bytes). */
export function printWasm(program: Program): Uint8Array<ArrayBuffer> {
  return new Printer(program).module();
}
