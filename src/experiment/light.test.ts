// Which presets are offered where only plain JavaScript computes; their times are in bench/RESULTS.md.
import { expect, test } from "vitest";
import { isLight } from "./light";
import { presets } from "./presets";

const light = presets.filter(({ experiment }) => isLight(experiment)).map(({ name }) => name);

test("small ones of every kind, a convolutional network among them", () => {
  for (const name of ["moons-overfit", "spiral-dropout", "digits-300", "digits-cnn", "features-l1"])
    expect(light).toContain(name);
});

test("none that would take minutes, none that needs files", () => {
  for (const name of ["shapes-cnn", "shapes-everything", "mnist-mlp", "cifar10-dropout-0"])
    expect(light).not.toContain(name);
});
