// An element-wise rule as data: a list of operations, each on results of those before it, without repetitions.
import type { ScalarName } from "../hyperparameters";
import type { Algebra } from "./algebra";

export type { ScalarName };

export type Operation =
  | { readonly kind: "vector"; readonly name: string }
  | { readonly kind: "scalar"; readonly name: ScalarName }
  | { readonly kind: Binary; readonly left: number; readonly right: number }
  | { readonly kind: Unary; readonly of: number };

export type Binary = "add" | "sub" | "mul" | "div" | "min" | "max";
export type Unary = "neg" | "sqrt" | "flush";

export interface Program {
  /** Tells programs apart; equal keys mean equal programs. */
  readonly key: string;
  readonly operations: readonly Operation[];
  /** Input vectors. */
  readonly vectors: readonly string[];
  readonly scalars: readonly ScalarName[];
  /** Name and number of the operation of each result. */
  readonly results: readonly (readonly [name: string, operation: number])[];
}

/** An element-wise rule: from named vectors to named results, in any algebra. */
export type Rule = <V>(
  algebra: Algebra<V>,
  vectors: Readonly<Record<string, V>>,
) => Readonly<Record<string, V>>;

/** Takes down what a rule does with the named vectors. */
export function record(names: readonly string[], rule: Rule): Program {
  const operations: Operation[] = [];
  const known = new Map<string, number>();
  const node = (operation: Operation): number => {
    const text = JSON.stringify(operation);
    const before = known.get(text);
    if (before !== undefined) return before;
    known.set(text, operations.length);
    return operations.push(operation) - 1;
  };
  const binary = (kind: Binary) => (left: number, right: number) => node({ kind, left, right });
  const unary = (kind: Unary) => (of: number) => node({ kind, of });
  const algebra: Algebra<number> = {
    scalar: (name) => node({ kind: "scalar", name }),
    add: binary("add"),
    sub: binary("sub"),
    mul: binary("mul"),
    div: binary("div"),
    min: binary("min"),
    max: binary("max"),
    neg: unary("neg"),
    sqrt: unary("sqrt"),
    flush: unary("flush"),
  };
  const vectors = names.map((name) => [name, node({ kind: "vector", name })] as const);
  const results = Object.entries(rule(algebra, Object.fromEntries(vectors)));
  return assemble(operations, results, names);
}

function assemble(
  operations: readonly Operation[],
  results: Program["results"],
  vectors: readonly string[],
): Program {
  const scalars = operations.flatMap((operation) =>
    operation.kind === "scalar" ? [operation.name] : [],
  );
  return { key: JSON.stringify([operations, results]), operations, vectors, scalars, results };
}

/** Numbers of the operations that an operation reads. */
function operands(operation: Operation): readonly number[] {
  if (operation.kind === "vector" || operation.kind === "scalar") return [];
  return "of" in operation ? [operation.of] : [operation.left, operation.right];
}

/** The part of a program that some of its results need, for devices that cannot give all of them at once. */
export function restrict(program: Program, names: readonly string[]): Program {
  const results = program.results.filter(([name]) => names.includes(name));
  const needed = new Set(results.map(([, operation]) => operation));
  for (let index = program.operations.length - 1; index >= 0; index--) {
    if (!needed.has(index)) continue;
    for (const operand of operands(program.operations[index] as Operation)) needed.add(operand);
  }
  const kept = [...program.operations.keys()].filter((index) => needed.has(index));
  const place = new Map(kept.map((before, after) => [before, after]));
  const at = (before: number) => place.get(before) as number;
  const operations = kept.map((index) => {
    const operation = program.operations[index] as Operation;
    if ("of" in operation) return { ...operation, of: at(operation.of) };
    if (!("left" in operation)) return operation;
    return { ...operation, left: at(operation.left), right: at(operation.right) };
  });
  const vectors = operations.flatMap((operation) =>
    operation.kind === "vector" ? [operation.name] : [],
  );
  return assemble(
    operations,
    results.map(([name, operation]) => [name, at(operation)]),
    vectors,
  );
}
