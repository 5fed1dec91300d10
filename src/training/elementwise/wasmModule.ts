// Prints a program as a WebAssembly function: one SIMD loop over vectors in the backend's memory, and a plain one for what is left over.
import {
  addIntegers,
  advance,
  type Code,
  get,
  integer,
  isAtLeast,
  type Local,
  loadFloat,
  loadSplat,
  loadVector,
  loopUntil,
  set,
  simd,
  storeFloat,
  storeVector,
  valueType,
  type WasmFunction,
  zeroFloat,
  zeroVector,
} from "../webAssembly/code";
import type { Binary, Operation, Program, Unary } from "./program";

/** How a loop computes: four lanes at once, or one. */
interface Lanes {
  readonly bytes: number;
  readonly load: (address: Code) => Code;
  /** Loads one number into all lanes. */
  readonly loadOne: (address: Code) => Code;
  readonly store: (address: Code, value: Code) => Code;
  readonly operations: Readonly<Record<Exclude<Binary | Unary, "flush">, Code>>;
  /** The exponent's bits in every lane. */
  readonly exponents: Code;
  /** 0 where the exponent's bits are 0: told as an integer, so that the slow numbers are not computed with. */
  readonly flush: (value: Code, exponents: Code) => Code;
}

const exponentBits = 0x7f800000;

const four: Lanes = {
  bytes: 16,
  load: loadVector,
  loadOne: loadSplat,
  store: storeVector,
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
  exponents: [...integer(exponentBits), ...simd(0x11)],
  flush: (value, exponents) => {
    const held = [...value, ...exponents, ...simd(0x4e)];
    return [...value, ...held, ...zeroVector, ...simd(0x37), ...simd(0x4f)];
  },
};

const one: Lanes = {
  bytes: 4,
  load: loadFloat,
  loadOne: loadFloat,
  store: storeFloat,
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
  exponents: [...integer(exponentBits), 0xbe],
  flush: (value, exponents) => {
    const hasNone = [...value, 0xbc, ...exponents, 0xbc, 0x71, 0x45];
    return [...zeroFloat, ...value, ...hasNone, 0x1b];
  },
};

/** Prints one of the two loops. Operation k's value lives in local first + k, what flushing needs behind the last of them. */
class LoopPrinter {
  private readonly position: Local;

  constructor(
    private readonly program: Program,
    private readonly lanes: Lanes,
    private readonly first: Local,
    addresses: number,
  ) {
    this.position = addresses + 2;
  }

  /** Runs while the position is below the local `end`. */
  loop(end: Local): Code {
    const { operations } = this.program;
    const each = (wanted: (kind: Operation["kind"]) => boolean) =>
      operations.flatMap((operation, index) =>
        wanted(operation.kind) ? set(this.first + index, this.value(operation)) : [],
      );
    // Made once: within the loop it would be made for every vector again.
    const prepared = operations.some(({ kind }) => kind === "flush")
      ? set(this.exponents, this.lanes.exponents)
      : [];
    return [
      ...each((kind) => kind === "scalar"),
      ...prepared,
      ...loopUntil(
        isAtLeast(get(this.position), get(end)),
        each((kind) => kind !== "scalar"),
        this.results(),
        advance(this.position, integer(this.lanes.bytes)),
      ),
    ];
  }

  private get exponents(): Local {
    return this.first + this.program.operations.length;
  }

  /** Address of the present position in the vector of a parameter. */
  private address(parameter: Local): Code {
    return addIntegers(get(parameter), get(this.position));
  }

  private value(operation: Operation): Code {
    const { vectors, scalars } = this.program;
    const node = (index: number): Code => get(this.first + index);
    switch (operation.kind) {
      case "vector":
        return this.lanes.load(this.address(vectors.indexOf(operation.name)));
      case "scalar":
        return this.lanes.loadOne(get(vectors.length + scalars.indexOf(operation.name)));
      case "flush":
        return this.lanes.flush(node(operation.of), get(this.exponents));
      case "neg":
      case "sqrt":
        return [...node(operation.of), ...this.lanes.operations[operation.kind]];
      default: {
        const { left, right, kind } = operation;
        return [...node(left), ...node(right), ...this.lanes.operations[kind]];
      }
    }
  }

  private results(): Code {
    const { vectors, scalars, results } = this.program;
    const before = vectors.length + scalars.length;
    return results.flatMap(([, operation], index) =>
      this.lanes.store(this.address(before + index), get(this.first + operation)),
    );
  }
}

/**
 * The function "run". Its parameters are addresses in bytes: input vectors, scalars, results, in the program's order; then
 * the bytes of a vector that four lanes can take at once, and all its bytes. A result may have the place of an input.
 */
export function elementwiseFunction(program: Program): WasmFunction {
  const { vectors, scalars, results, operations } = program;
  const addresses = vectors.length + scalars.length + results.length;
  const first = addresses + 3;
  const held = operations.length + 1;
  const [inFours, all] = [addresses, addresses + 1];
  return {
    name: "run",
    parameters: addresses + 2,
    locals: [
      valueType.i32,
      ...Array.from({ length: held }, () => valueType.v128),
      ...Array.from({ length: held }, () => valueType.f32),
    ],
    body: [
      ...new LoopPrinter(program, four, first, addresses).loop(inFours),
      ...new LoopPrinter(program, one, first + held, addresses).loop(all),
    ],
  };
}
