// Prints a program as WGSL: one entry of every vector per invocation, all results in one dispatch.
import { scalarNames } from "../hyperparameters";
import type { Program } from "./program";
import { expression, type Readings, valueName } from "./shader";

/** Invocations of a workgroup. */
export const workgroupSize = 64;

/** Compilers may assume that nothing is NaN: it is told by its bits. */
const helpers = `
fn isNotANumber(value : f32) -> bool {
  return (bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u;
}
fn least(a : f32, b : f32) -> f32 {
  return select(select(min(a, b), b, isNotANumber(b)), a, isNotANumber(a));
}
fn most(a : f32, b : f32) -> f32 {
  return select(select(max(a, b), b, isNotANumber(b)), a, isNotANumber(a));
}`;

/**
 * The shader of a program. Its bindings are the vectors in the program's order, the vector of all hyper-parameters
 * (see scalarNames) where the program reads any, then the results. To be run on at least ⌈length / workgroupSize⌉ workgroups in x and y.
 */
export function printWgsl(program: Program): string {
  const { vectors, scalars, results, operations } = program;
  const readings: Readings = {
    vector: (name) => `input${vectors.indexOf(name)}[index]`,
    scalar: (name) => `scalars[${scalarNames.indexOf(name)}]`,
  };
  const binding = (index: number, access: string, name: string) =>
    `@group(0) @binding(${index}) var<storage, ${access}> ${name} : array<f32>;`;
  const given = vectors.map((_, index) => `input${index}`);
  const inputs = scalars.length > 0 ? [...given, "scalars"] : given;
  const outputs = results.map((_, index) => `output${index}`);
  return [
    ...inputs.map((name, index) => binding(index, "read", name)),
    ...outputs.map((name, index) => binding(inputs.length + index, "read_write", name)),
    helpers,
    `@compute @workgroup_size(${workgroupSize})`,
    "fn main(@builtin(global_invocation_id) id : vec3<u32>, @builtin(num_workgroups) groups : vec3<u32>) {",
    `  let index = id.x + id.y * groups.x * ${workgroupSize}u;`,
    "  if (index >= arrayLength(&output0)) { return; }",
    ...operations.map(
      (operation, index) => `  let ${valueName(index)} = ${expression(operation, readings)};`,
    ),
    ...results.map(([, operation], index) => `  output${index}[index] = ${valueName(operation)};`),
    "}",
  ].join("\n");
}
