// Reads fields of a reference file; what is missing or of another shape is named.
import type { Content } from "./family";

export const isContent = (value: unknown): value is Content =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === "number");

/** A finite number. @throws RangeError */
export function numberAt(content: Content, key: string): number {
  const value = content[key];
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new RangeError(`${key} is ${JSON.stringify(value)}: it must be a number.`);
}

/** A flat list of numbers; nested lists are flattened. @throws RangeError */
export function numbersAt(content: Content, key: string): number[] {
  const value = content[key];
  const flat = Array.isArray(value) ? value.flat(3) : null;
  if (isNumbers(flat)) return flat;
  throw new RangeError(`${key} must be a list of numbers.`);
}

/** A list of objects. @throws RangeError */
export function entriesAt(content: Content, key: string): Content[] {
  const value = content[key];
  if (Array.isArray(value) && value.every(isContent)) return value;
  throw new RangeError(`${key} must be a list of objects.`);
}

/** The numbers as a reference holds them: made in float32, then computed with in double precision. */
export const asFloat32 = (values: readonly number[]): Float32Array => Float32Array.from(values);
