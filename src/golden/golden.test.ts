// Every reference case of the project on the backends that run in Node.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { setUpCpu } from "../training/backends/cpu";
import { setUpWasm } from "../training/backends/wasm";
import { tf } from "../training/tensors";
import { runGoldenCase } from "./run";

const folder = join(import.meta.dirname, "cases");
const files = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "index.json");

describe.each(["cpu", "wasm"] as const)("reference cases on %s", (backend) => {
  beforeAll(async () => {
    await setUpCpu();
    await setUpWasm(
      join(import.meta.dirname, "../../node_modules/@tensorflow/tfjs-backend-wasm/dist/"),
    );
    await tf.setBackend(backend);
  });

  it.each(files)("%s", async (file) => {
    const before = tf.memory().numTensors;
    const content = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const { outcome, detail, error, limit, compared } = await runGoldenCase(file, content, backend);
    expect(outcome, `${detail}: ${error}, limit ${limit}`).toBe("pass");
    expect(compared).toBeGreaterThan(0);
    expect(tf.memory().numTensors).toBe(before);
  });
});
