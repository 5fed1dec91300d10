// Just enough of the WebAssembly binary format to print small modules that work in somebody else's memory (core specification 2.0, chapter 5).

/** Bytes of instructions. */
export type Code = readonly number[];

/** Number of a function's parameter or local variable; parameters come first. */
export type Local = number;

export const valueType = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
export type ValueType = (typeof valueType)[keyof typeof valueType];

const noType = 0x40;
const functionType = 0x60;
const end = 0x0b;
/** The largest memory that WebAssembly with 32-bit addresses can have, in pages of 64 KiB. */
const mostPages = 65_536;

/** Little-endian base 128, unsigned. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** Little-endian base 128, signed. */
function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

const name = (text: string): Code => [...unsigned(text.length), ...new TextEncoder().encode(text)];
const counted = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];

/** An instruction of 128-bit vectors. */
export const simd = (code: number): Code => [0xfd, ...unsigned(code)];
/** Offset in bytes behind an address on the stack; the alignment is only a hint, that of a float. */
const at = (offset: number): Code => [2, ...unsigned(offset)];

export const get = (local: Local): Code => [0x20, ...unsigned(local)];
export const set = (local: Local, ...value: Code[]): Code => [
  ...value.flat(),
  0x21,
  ...unsigned(local),
];
export const integer = (value: number): Code => [0x41, ...signed(value)];
export const zeroFloat: Code = [0x43, 0, 0, 0, 0];
export const zeroVector: Code = [...simd(0x0c), ...new Array<number>(16).fill(0)];

export const addIntegers = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const subtractIntegers = (a: Code, b: Code): Code => [...a, ...b, 0x6b];
export const multiplyIntegers = (a: Code, b: Code): Code => [...a, ...b, 0x6c];
export const advance = (local: Local, by: Code): Code => set(local, addIntegers(get(local), by));
export const isAtLeast = (a: Code, b: Code): Code => [...a, ...b, 0x4f];
/** The smaller of two unsigned integers, from locals. */
export const smallerOf = (a: Code, b: Code): Code => [...a, ...b, ...a, ...b, 0x49, 0x1b];

export const loadFloat = (address: Code, offset = 0): Code => [...address, 0x2a, ...at(offset)];
export const storeFloat = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  0x38,
  ...at(offset),
];
export const loadVector = (address: Code, offset = 0): Code => [
  ...address,
  ...simd(0x00),
  ...at(offset),
];
/** Loads one float into all four lanes. */
export const loadSplat = (address: Code, offset = 0): Code => [
  ...address,
  ...simd(0x09),
  ...at(offset),
];
export const storeVector = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  ...simd(0x0b),
  ...at(offset),
];

/** Runs the body as long as the condition to leave does not hold. */
export const loopUntil = (leave: Code, ...body: Code[]): Code => [
  ...[0x02, noType, 0x03, noType],
  ...leave,
  ...[0x0d, 1],
  ...body.flat(),
  ...[0x0c, 0, end, end],
];

export const whenElse = (condition: Code, then: Code, otherwise: Code): Code => [
  ...condition,
  ...[0x04, noType],
  ...then,
  0x05,
  ...otherwise,
  end,
];

/** f32x4.relaxed_madd, a · b + c: rounded once or twice, as the machine does it (relaxed SIMD, part of WebAssembly 3.0). */
export const multiplyAdd = simd(0x105);

export interface WasmFunction {
  readonly name: string;
  /** How many integers it takes. */
  readonly parameters: number;
  /** Types of its variables, behind the parameters. */
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/**
 * The binary of a module that imports env.memory and exports functions without results.
 * @param isShared whether the memory is one that threads share.
 */
export function printModule(
  functions: readonly WasmFunction[],
  isShared = false,
): Uint8Array<ArrayBuffer> {
  const limits = isShared ? [0x03, 0, ...unsigned(mostPages)] : [0x00, 0];
  const signatures = functions.map(({ parameters }) => [
    functionType,
    ...counted(Array.from({ length: parameters }, () => [valueType.i32])),
    ...counted([]),
  ]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...counted(locals.map((type) => [1, type])), ...body, end];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, counted(signatures)),
    ...section(2, counted([[...name("env"), ...name("memory"), 0x02, ...limits]])),
    ...section(3, counted(functions.map((_, index) => unsigned(index)))),
    ...section(
      7,
      counted(functions.map(({ name: text }, index) => [...name(text), 0x00, ...unsigned(index)])),
    ),
    ...section(10, counted(bodies)),
  ]);
}

/** Is valid only where there are vectors. */
export const vectorProbe: WasmFunction = {
  name: "probe",
  parameters: 0,
  locals: [valueType.v128],
  body: set(0, zeroVector),
};

/** Is valid only where there is a fused multiply-add. */
export const multiplyAddProbe: WasmFunction = {
  name: "probe",
  parameters: 0,
  locals: [valueType.v128],
  body: set(0, zeroVector, zeroVector, zeroVector, multiplyAdd),
};
