// Names for the parameters and variables of printed functions, and pieces that several of them share.
import {
  addIntegers,
  advance,
  type Code,
  get,
  integer,
  isAtLeast,
  type Local,
  loadFloat,
  loopUntil,
  multiplyIntegers,
  set,
  storeFloat,
  type ValueType,
  valueType,
} from "./code";

export const laneBytes = 16;
export const floatBytes = 4;

/** Names for the parameters and variables of a function. */
export class Names<Name extends string> {
  private readonly places: ReadonlyMap<Name, Local>;

  constructor(
    names: readonly Name[],
    readonly first = 0,
  ) {
    this.places = new Map(names.map((name, index) => [name, first + index]));
  }

  /** The local behind all of them. */
  get end(): Local {
    return this.first + this.places.size;
  }

  local(name: Name): Local {
    return this.places.get(name) as Local;
  }

  get(name: Name): Code {
    return get(this.local(name));
  }

  set(name: Name, ...value: Code[]): Code {
    return set(this.local(name), ...value);
  }

  advance(name: Name, by: Code): Code {
    return advance(this.local(name), by);
  }
}

export const integers = (count: number): ValueType[] => new Array(count).fill(valueType.i32);
export const vectors = (count: number): ValueType[] => new Array(count).fill(valueType.v128);

/** Copies `count` floats that lie `apart` bytes from each other to places one behind the other. */
export function copyLanes(lane: Local, count: Code, from: Code, to: Code, apart: Code): Code {
  const place = multiplyIntegers(get(lane), integer(floatBytes));
  const source = addIntegers(from, multiplyIntegers(get(lane), apart));
  return [
    ...set(lane, integer(0)),
    ...loopUntil(
      isAtLeast(get(lane), count),
      storeFloat(addIntegers(to, place), loadFloat(source)),
      advance(lane, integer(1)),
    ),
  ];
}

/** A piece once for each index below `count`. */
export const repeat = (count: number, body: (index: number) => Code): Code =>
  Array.from({ length: count }, (_, index) => body(index)).flat();

export const isEqual = (a: Code, b: Code): Code => [...a, ...b, 0x46];
