// One element-wise rule over flat vectors: as one printed loop where the backend has one, else as its operations one by one.
import { tensorAlgebra } from "../elementwise/algebra";
import { type Program, type Rule, record } from "../elementwise/program";
import type { Hyperparameters } from "../hyperparameters";
import { type Tensor, tf } from "../tensors";

/** For backends that read hyper-parameters as inputs of the operation, by name. */
export const elementwiseKernel = "RegularizationElementwise";
/** For backends that take them from their own vector or as plain numbers: too many inputs for one shader otherwise. */
export const elementwiseOnDeviceKernel = "RegularizationElementwiseOnDevice";

export interface DeviceAttributes {
  readonly program: Program;
  readonly hyperparameters: Hyperparameters;
}

const programs = new Map<string, Program>();

function programOf(key: string, names: readonly string[], rule: Rule): Program {
  const id = `${key} ${names.join()}`;
  const known = programs.get(id);
  if (known) return known;
  const program = record(names, rule);
  programs.set(id, program);
  return program;
}

/**
 * Runs a rule.
 * @param key tells rules apart: the same key must mean the same rule.
 * @param vectors of equal length, float32. @returns new vectors, or those given where the rule hands one on.
 */
export function runElementwise(
  key: string,
  rule: Rule,
  vectors: Readonly<Record<string, Tensor>>,
  hyperparameters: Hyperparameters,
): Readonly<Record<string, Tensor>> {
  const backend = tf.getBackend();
  const onDevice = tf.getKernel(elementwiseOnDeviceKernel, backend) !== undefined;
  if (!onDevice && !tf.getKernel(elementwiseKernel, backend)) {
    return rule(tensorAlgebra(hyperparameters), vectors);
  }
  const program = programOf(key, Object.keys(vectors), rule);
  const used = program.vectors.map((name) => [name, vectors[name] as Tensor] as const);
  const scalars = onDevice
    ? []
    : program.scalars.map((name) => [name, hyperparameters.tensor(name)] as const);
  const attributes = onDevice ? { program, hyperparameters } : { program };
  const outputs = tf
    .engine()
    .runKernel(
      onDevice ? elementwiseOnDeviceKernel : elementwiseKernel,
      Object.fromEntries([...used, ...scalars]) as never,
      attributes as never,
    ) as unknown as Tensor[];
  return Object.fromEntries(
    program.results.map(([name], index) => [name, outputs[index] as Tensor]),
  );
}
