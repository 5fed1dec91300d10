// Prints a program with one result as a fragment shader of TensorFlow.js' WebGL backend: four entries per fragment.
import type { Program } from "./program";
import { expression, type Readings, valueName } from "./shader";

const helpers = `
vec4 least(vec4 a, vec4 b) { return mix(mix(min(a, b), b, isnan(b)), a, isnan(a)); }
vec4 most(vec4 a, vec4 b) { return mix(mix(max(a, b), b, isnan(b)), a, isnan(a)); }`;

/** Name of a vector in the shader: the backend writes it into the names of functions. */
export const vectorName = (index: number) => `Input${index}`;

/**
 * The shader of a program's first result for packed flat vectors of `length` entries. Scalars are uniforms by their names.
 * A packed flat vector fills two of the four places of a texel: the others, and what lies behind the end, are set to 0.
 */
export function printGlsl(program: Program, length: number): string {
  const [, result] = program.results[0] as readonly [string, number];
  const readings: Readings = {
    vector: (name) => `get${vectorName(program.vectors.indexOf(name))}AtOutCoords()`,
    scalar: (name) => `vec4(${name})`,
  };
  const value = valueName(result);
  return [
    helpers,
    "void main() {",
    ...program.operations.map(
      (operation, index) => `  vec4 ${valueName(index)} = ${expression(operation, readings)};`,
    ),
    `  bool last = getOutputCoords() + 1 >= ${length};`,
    `  setOutput(vec4(${value}.x, last ? 0.0 : ${value}.y, 0.0, 0.0));`,
    "}",
  ].join("\n");
}
