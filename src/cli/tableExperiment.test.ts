// A table and the name of a column make an experiment that trains, in the settings that the page would choose.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeDataset } from "../data";
import { readArguments } from "./arguments";
import { InputError } from "./errors";
import { fileSource } from "./folderSource";
import { inspector } from "./inspect/table";
import { tableExperiment } from "./tableExperiment";

const folder = mkdtempSync(join(tmpdir(), "table-"));
afterAll(() => rmSync(folder, { recursive: true }));

const lines = Array.from(
  { length: 60 },
  (_, i) => `${i + 1};${(i * 37) % 11},5;${3 + (i % 3)};${["elm", "oak"][i % 2]}`,
);
const path = join(folder, "trees.csv");
writeFileSync(path, `nr;Width;rooms;tree\n${lines.join("\n")}\n`);

async function learn(...argv: string[]) {
  const { experiment, table } = readArguments(argv);
  if (!table) throw new Error("No table was seen.");
  return tableExperiment(table, experiment);
}

test("the column is found by name, in any case, or by number; without one the last is predicted", async () => {
  for (const target of [["--target", "tree"], ["--target", "TREE"], ["--target", "4"], []]) {
    const { experiment, said } = await learn(path, ...target);
    expect(experiment.data).toMatchObject({ target: 4, answers: 2, columns: 2, trainSize: 36 });
    expect(said[0]).toBe("trees.csv: 60 rows; predicts tree (2 classes) from 2 inputs.");
    expect(said.join("\n")).toMatch(/- nr left out: a counter/);
    expect(said.join("\n")).toMatch(/comma read as decimal sign \(Width\)/);
  }
});

test("what is set on the command line stands above what follows from the file, readings too", async () => {
  const { experiment } = await learn(path, "--set", "with=1", "--set", "train=20", "--seed", "7");
  expect(experiment.data).toMatchObject({ kept: [1], columns: 3, trainSize: 20 });
  const dataset = await makeDataset(experiment.data, 7, [fileSource(path)]);
  expect(dataset.featureNames).toEqual(["nr", "Width", "rooms"]);
  expect(dataset.train.count).toBe(20);
});

test("whole numbers as classes or as a number", async () => {
  expect((await learn(path, "--target", "rooms")).experiment.data.answers).toBe(0);
  const classes = await learn(path, "--target", "rooms", "--as", "classes");
  expect(classes.experiment.data.answers).toBe(3);
});

test.each([
  [["--target", "bark"], /--target bark: .* Columns: 1 nr, 2 Width, 3 rooms, 4 tree\./],
  [["--target", "9"], /has no such column/],
  [["--target", "tree", "--as", "number"], /column tree can be predicted as classes only/],
  [["--target", "tree", "--as", "words"], /--as is "words": it must be classes or number/],
] as const)("%s is refused with what there is", async (argv, message) => {
  const refusal = await learn(path, ...argv).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(InputError);
  expect((refusal as Error).message).toMatch(message);
});

test("--target without a table is refused", () => {
  expect(() => readArguments(["v=1;train=30", "--target", "tree"])).toThrow(/need a table/);
});

test("inspect prints what the page understands, for programs and for people", async () => {
  const found = await inspector.inspect(path);
  expect(found).toEqual({
    kind: "table",
    rows: 60,
    columns: [
      expect.objectContaining({ name: "nr", read: "left out", values: 60, missing: 0 }),
      {
        name: "Width",
        read: "number",
        values: 11,
        missing: 0,
        remarks: ["comma read as decimal sign"],
      },
      { name: "rooms", read: "number", values: 3, missing: 0, remarks: [] },
      { name: "tree", read: "category", values: 2, missing: 0, remarks: [] },
    ],
    remarks: expect.arrayContaining(["semicolon read as separator"]),
  });
  expect(inspector.print(found, path)).toContain("Width: number, 11 different values");
});
