// Prints a program with one result as a fragment shader of TensorFlow.js' WebGL backend: four entries per fragment.
import type { Operation, Program } from "./program";

const helpers = `
vec4 least(vec4 a, vec4 b) { return mix(mix(min(a, b), b, isnan(b)), a, isnan(a)); }
vec4 most(vec4 a, vec4 b) { return mix(mix(max(a, b), b, isnan(b)), a, isnan(a)); }`;

/** Name of a vector in the shader: the backend writes it into the names of functions. */
export const vectorName = (index: number) => `Input${index}`;

function expression(operation: Operation, program: Program): string {
  const value = (index: number) => `v${index}`;
  switch (operation.kind) {
    case "vector":
      return `get${vectorName(program.vectors.indexOf(operation.name))}AtOutCoords()`;
    case "scalar":
      return `vec4(${operation.name})`;
    case "neg":
      return `-${value(operation.of)}`;
    case "sqrt":
      return `sqrt(${value(operation.of)})`;
    default: {
      const [left, right] = [value(operation.left), value(operation.right)];
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

/**
 * The shader of a program's first result for packed flat vectors of `length` entries. Scalars are uniforms by their names.
 * A packed flat vector fills two of the four places of a texel: the others, and what lies behind the end, are set to 0.
 */
export function printGlsl(program: Program, length: number): string {
  const [, result] = program.results[0] as readonly [string, number];
  return [
    helpers,
    "void main() {",
    ...program.operations.map(
      (operation, index) => `  vec4 v${index} = ${expression(operation, program)};`,
    ),
    `  bool last = getOutputCoords() + 1 >= ${length};`,
    `  setOutput(vec4(v${result}.x, last ? 0.0 : v${result}.y, 0.0, 0.0));`,
    "}",
  ].join("\n");
}
