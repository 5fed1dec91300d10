// Parts of element-wise programs: what a device that binds few buffers, or writes one result at a time, is given.
import { describe, expect, it } from "vitest";
import { Hyperparameters, neutralHyperparameters } from "../hyperparameters";
import { splitProgram } from "../kernels/elementwiseWebgpu";
import { optimizers } from "../optimizers";
import { updateRule } from "../optimizers/update";
import { defaultOptions } from "../regularizers";
import { printGlsl } from "./glsl";
import { type Operation, type Program, record, restrict } from "./program";
import { printWgsl } from "./wgsl";

function adamw(): Program {
  const values = { ...neutralHyperparameters, weightDecay: 0.1, l1Proximal: 0.2 };
  const { rule } = updateRule(
    { optimizer: "adamw", options: { ...defaultOptions, l1ProximalForm: "preconditioned" } },
    new Hyperparameters(values),
  );
  const { stateNames } = optimizers.adamw;
  return record(["weights", "gradient", ...stateNames, "decayFactors", "factors"], rule);
}

/** The value of a result on numbers, operation by operation. */
function compute(program: Program, name: string): number {
  const given: Record<string, number> = { weights: 0.7, gradient: -0.4, firstMoment: 0.3 };
  const values: number[] = [];
  const of = (index: number) => values[index] as number;
  const value = (operation: Operation): number => {
    switch (operation.kind) {
      case "vector":
        return given[operation.name] ?? 1.5;
      case "scalar":
        return 0.01 * operation.name.length;
      case "neg":
        return -of(operation.of);
      case "sqrt":
        return Math.sqrt(of(operation.of));
      case "flush":
        return of(operation.of);
      default: {
        const [a, b] = [of(operation.left), of(operation.right)];
        const results = { add: a + b, sub: a - b, mul: a * b, div: a / b };
        const chosen = { min: Math.min(a, b), max: Math.max(a, b) };
        return { ...results, ...chosen }[operation.kind];
      }
    }
  };
  for (const operation of program.operations) values.push(value(operation));
  const [, index] = program.results.find(([found]) => found === name) as [string, number];
  return of(index);
}

const bound = ({ vectors, scalars, results }: Program) =>
  vectors.length + (scalars.length > 0 ? 1 : 0) + results.length;

describe("a part of a program", () => {
  it.each(["weights", "firstMoment", "secondMoment"])("computes the same %s", (name) => {
    const whole = adamw();
    const part = restrict(whole, [name]);
    expect(part.results.map(([found]) => found)).toEqual([name]);
    expect(compute(part, name)).toBe(compute(whole, name));
    expect(part.key).not.toBe(whole.key);
  });

  it("reads only what it needs", () => {
    const part = restrict(adamw(), ["secondMoment"]);
    expect([...part.vectors].sort()).toEqual(["gradient", "secondMoment"]);
    expect([...part.scalars].sort()).toEqual(["beta2", "oneMinusBeta2"]);
    expect(part.operations.length).toBe(9);
  });
});

describe("a program on a device", () => {
  it("is whole where the device binds ten buffers", () => {
    expect(splitProgram(adamw(), 10)).toHaveLength(1);
  });

  it("is split in two where it binds eight, as every device must", () => {
    const parts = splitProgram(adamw(), 8);
    expect(parts).toHaveLength(2);
    for (const part of parts) expect(bound(part)).toBeLessThanOrEqual(8);
    expect(parts.flatMap(({ results }) => results.map(([name]) => name)).sort()).toEqual(
      adamw()
        .results.map(([name]) => name)
        .sort(),
    );
  });

  it("binds in WGSL exactly what it names, in order", () => {
    const code = printWgsl(adamw());
    const names = [...code.matchAll(/@binding\((\d+)\) var<storage, (\w+)> (\w+)/g)];
    expect(names.map(([, index]) => Number(index))).toEqual([...Array(10).keys()]);
    expect(names.filter(([, , access]) => access === "read_write")).toHaveLength(3);
    for (const [, , , name] of names) expect(code.split(name as string).length).toBeGreaterThan(2);
  });

  it("is printed in GLSL for a part with one result, without what it does not read", () => {
    const part = restrict(adamw(), ["firstMoment"]);
    const code = printGlsl(part, 7);
    expect(code).toContain("vec4(beta1)");
    expect(code).not.toContain("beta2");
    expect(code).toContain(">= 7");
  });
});
