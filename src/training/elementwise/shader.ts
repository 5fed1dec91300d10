// What the two shader languages write alike: one operation of a program as an expression.
import type { ScalarName } from "../hyperparameters";
import type { Operation } from "./program";

/** What each language reads in its own way. */
export interface Readings {
  vector(name: string): string;
  scalar(name: ScalarName): string;
}

/** Where the result of an operation is kept. */
export const valueName = (index: number): string => `v${index}`;

/** The expression of an operation on results of those before it. `least` and `most` are functions of each language. */
export function expression(operation: Operation, { vector, scalar }: Readings): string {
  switch (operation.kind) {
    case "vector":
      return vector(operation.name);
    case "scalar":
      return scalar(operation.name);
    case "neg":
      return `-${valueName(operation.of)}`;
    case "sqrt":
      return `sqrt(${valueName(operation.of)})`;
    case "flush":
      // Graphics cards take such numbers for 0 by themselves, or are no slower for them.
      return valueName(operation.of);
    default: {
      const [left, right] = [valueName(operation.left), valueName(operation.right)];
      const forms = {
        add: `${left} + ${right}`,
        sub: `${left} - ${right}`,
        mul: `${left} * ${right}`,
        div: `${left} / ${right}`,
        min: `least(${left}, ${right})`,
        max: `most(${left}, ${right})`,
      };
      return forms[operation.kind];
    }
  }
}
