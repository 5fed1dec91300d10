// An element-wise rule as data: a list of operations, each on results of those before it, without repetitions.
import type { DerivedName, HyperparameterName } from "../hyperparameters";
import type { Algebra } from "./algebra";

export type ScalarName = HyperparameterName | DerivedName;

export type Operation =
  | { readonly kind: "vector"; readonly name: string }
  | { readonly kind: "scalar"; readonly name: ScalarName }
  | { readonly kind: Binary; readonly left: number; readonly right: number }
  | { readonly kind: Unary; readonly of: number };

export type Binary = "add" | "sub" | "mul" | "div" | "min" | "max";
export type Unary = "neg" | "sqrt";

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
  };
  const vectors = names.map((name) => [name, node({ kind: "vector", name })] as const);
  const results = Object.entries(rule(algebra, Object.fromEntries(vectors)));
  return {
    key: JSON.stringify([operations, results]),
    operations,
    vectors: names,
    scalars: operations.flatMap((operation) =>
      operation.kind === "scalar" ? [operation.name] : [],
    ),
    results,
  };
}
