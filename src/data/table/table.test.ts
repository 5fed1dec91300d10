// A learner's own table: what columns become, how rows are divided, what a missing value turns into, what is refused.
import { describe, expect, test } from "vitest";
import { DataMissingError, DataSizeError } from "../errors";
import { makeDataset, scaledInputs } from "../index";
import { asProposed, readCsv } from "../readers/csv";
import { histogram, memorySource, settings, watchedFile } from "../testing";
import { planTable } from "./plan";
import { readTable, tableSizes } from "./read";
import { summarizeTable } from "./summary";

const bytes = (text: string) => new TextEncoder().encode(text);
/** Counters and names are learned from as well where the tests want more columns. */
const kept = [1, 5];
const table = (text: string, readings: Partial<typeof asProposed> = { kept }) =>
  readCsv(watchedFile("made.csv", bytes(text)), undefined, { ...asProposed, ...readings });

/** Forty rows: two numbers (one with gaps), three towns, two sizes, names, a number to predict, a class. */
const rows = Array.from({ length: 40 }, (_, i) => {
  const height = i % 8 === 3 ? "" : String(150 + i);
  return `${i},${height},${["Bonn", "Köln", "Ulm"][i % 3]},${i % 2 ? "big" : "small"},n${i},${i * 1.5},${i % 4 === 0 ? "yes" : "no"}`;
});
const text = `id,height,town,size,name,price,buys\n${rows.join("\n")}\n`;
const source = memorySource({ "shop.csv": bytes(text), "notes.md": bytes("hello") });

async function ownTable(target: number, missing: "mean" | "leaveOut" = "mean") {
  const read = await table(text);
  const plan = planTable(read, target, missing);
  if (typeof plan === "string") throw new Error(plan);
  const answers = plan.answer.kind === "classes" ? plan.answer.names.length : 0;
  const { fingerprint } = read;
  return settings({
    kind: "ownTable",
    fingerprint,
    target,
    missing,
    kept,
    answers,
    columns: plan.inputs.length,
    trainSize: 20,
    validationSize: 8,
    testSize: 8,
    mislabelled: 0,
    imbalance: 0,
  });
}

test("columns become inputs: numbers, one word of two, every word of three, a flag for gaps", async () => {
  const read = await table(text);
  const plan = planTable(read, 7, "mean");
  if (typeof plan === "string") throw new Error(plan);
  expect(plan.inputs.map(({ name }) => name)).toEqual([
    "id",
    "height",
    "height missing",
    "town Bonn",
    "town Köln",
    "town Ulm",
    "size big",
    "name n0",
    ...plan.inputs.slice(8, -1).map(({ name }) => name),
    "price",
  ]);
  expect(plan.inputs.map(({ at }) => at(3)).slice(0, 7)).toEqual([3, Number.NaN, 1, 1, 0, 0, 1]);
  expect(plan.answer).toMatchObject({ kind: "classes", names: ["yes", "no"] });
  expect(plan.rows).toHaveLength(40);
  const strict = planTable(read, 7, "leaveOut");
  expect(typeof strict === "string" ? strict : strict.rows.length).toBe(35);
});

test.each([
  ["a column that is not there", "a,b\n1,x\n2,y\n", 3, "the table has 2 columns"],
  ["one value only", "a,b\n1,x\n2,x\n", 2, "one value only"],
  ["no other column", "a\n1\n2\n", 1, "no other column"],
  [
    "too many classes",
    `a,b\n${Array.from({ length: 60 }, (_, i) => `${i},w${i}`).join("\n")}\n`,
    2,
    "60 classes; at most 50",
  ],
] as const)("cannot be predicted: %s", async (_, content, target, words) => {
  expect(planTable(await table(content), target, "mean")).toContain(words);
});

test("the summary says of each column what it holds and what predicting it takes", async () => {
  const summary = summarizeTable("shop.csv", await table(text), "mean");
  expect(summary).toMatchObject({ file: "shop.csv", rows: 40 });
  expect(summary.first).toHaveLength(5);
  expect(summary.first[0]).toEqual(["0", "150", "Bonn", "small", "n0", "0", "yes"]);
  const byName = new Map(summary.columns.map((column) => [column.name, column]));
  expect(byName.get("height")).toMatchObject({ content: "numbers 150 … 189", missing: 5 });
  expect(byName.get("town")).toMatchObject({ content: "3 words: Bonn, Köln, Ulm" });
  expect(byName.get("price")?.asTarget).toMatchObject([{ kind: "number", answers: 0, rows: 40 }]);
  expect(byName.get("height")?.asTarget).toMatchObject([
    { kind: "number", rows: 35 },
    { kind: "classes" },
  ]);
  expect(byName.get("name")?.asTarget).toMatchObject([{ kind: "classes", answers: 40 }]);
});

describe("as a data set", () => {
  test("parts are disjoint, divided by the seed, scaled by the training part, gaps filled with its mean", async () => {
    const data = await ownTable(7);
    const { parts, inputNames } = await readTable(data, 1, [source]);
    const ids = (part: keyof typeof parts) =>
      Array.from(
        { length: parts[part].count },
        (_, i) => parts[part].inputs[i * data.columns] as number,
      );
    expect([ids("train").length, ids("validation").length, ids("test").length]).toEqual([20, 8, 8]);
    expect(new Set([...ids("train"), ...ids("validation"), ...ids("test")]).size).toBe(36);
    expect(inputNames).toHaveLength(data.columns);
    const known = ids("train").filter((id) => id % 8 !== 3);
    const mean = Math.fround(known.reduce((sum, id) => sum + 150 + id, 0) / known.length);
    for (const part of ["train", "test"] as const) {
      ids(part).forEach((id, i) => {
        const [height, gap] = parts[part].inputs.subarray(
          i * data.columns + 1,
          i * data.columns + 3,
        );
        expect([height, gap]).toEqual(id % 8 === 3 ? [mean, 1] : [150 + id, 0]);
        expect(parts[part].labels[i]).toBe(id % 4 === 0 ? 0 : 1);
      });
    }
    const again = await readTable(data, 2, [source]);
    expect(again.parts.train.inputs).not.toEqual(parts.train.inputs);
    const dataset = await makeDataset(data, 1, [source]);
    const scaled = scaledInputs(dataset.train, dataset, 0, 20);
    const column = Array.from({ length: 20 }, (_, i) => scaled[i * data.columns] as number);
    expect(column.reduce((sum, value) => sum + value, 0) / 20).toBeCloseTo(0, 5);
    expect(dataset.classNames).toEqual(["yes", "no"]);
    expect(dataset.featureNames).toEqual(inputNames);
  });

  test("columns of categories divide the validation part: words, few whole numbers, gaps, not the answer", async () => {
    const lines = Array.from({ length: 40 }, (_, i) => {
      const deck = i % 5 === 2 ? "" : ["a", "b"][i % 2];
      return `${i / 2},${1 + (i % 3)},${deck},same,${i},${i % 4 === 0 ? "yes" : "no"}`;
    });
    const made = `fare,class,deck,ship,name,lived\n${lines.join("\n")}\n`;
    const place = memorySource({ "crew.csv": bytes(made) });
    const read = await table(made);
    const data = {
      ...(await ownTable(7)),
      fingerprint: read.fingerprint,
      target: 6,
      trainSize: 24,
    };
    const asMean = { ...data, columns: 5 };
    const { columnGroups, parts } = await readTable(asMean, 1, [place]);
    expect(columnGroups.map(({ name, names }) => [name, ...names])).toEqual([
      ["class", "1", "2", "3"],
      ["deck", "a", "b", "missing"],
    ]);
    // The fare is half the number of the row.
    const rowsOf = Array.from({ length: 8 }, (_, at) => 2 * (parts.validation.inputs[at * 5] ?? 0));
    expect([...(columnGroups[0]?.validation ?? [])]).toEqual(rowsOf.map((i) => i % 3));
    expect([...(columnGroups[1]?.validation ?? [])]).toEqual(
      rowsOf.map((i) => (i % 5 === 2 ? 2 : i % 2)),
    );
    const strict = await readTable({ ...data, missing: "leaveOut", columns: 4, trainSize: 16 }, 1, [
      place,
    ]);
    expect(strict.columnGroups[1]?.names).toEqual(["a", "b"]);
    const numbers = await readTable({ ...asMean, target: 2, columns: 5, answers: 3 }, 1, [place]);
    expect(numbers.columnGroups.map(({ name }) => name)).toEqual(["deck", "lived"]);
  });

  test("a number to predict becomes mean 0 and deviation 1 of the training part", async () => {
    const dataset = await makeDataset(await ownTable(6), 1, [source]);
    expect(dataset).toMatchObject({ type: "regression", outputs: 1, classNames: [] });
    const { targets } = dataset.train;
    expect(targets.reduce((sum, value) => sum + value, 0) / 20).toBeCloseTo(0, 5);
    expect(targets.reduce((sum, value) => sum + value * value, 0) / 20).toBeCloseTo(1, 5);
    expect(dataset.validation.targets).toHaveLength(8);
    const { name, mean, deviation } = dataset.target ?? { name: "", mean: 0, deviation: 0 };
    expect(name).toBe("price");
    // The price is 1.5 times the number of the row, which is the first input.
    const { parts } = await readTable(await ownTable(6), 1, [source]);
    dataset.validation.targets.forEach((target, at) => {
      const row = parts.validation.inputs[at * dataset.inputSize] as number;
      expect(mean + deviation * target).toBeCloseTo(1.5 * row, 4);
    });
    expect((await makeDataset(await ownTable(7), 1, [source])).target).toBeUndefined();
  });

  test("balanced, imbalanced and mislabelled as for pictures", async () => {
    const data = { ...(await ownTable(7)), trainSize: 12 };
    const balanced = await readTable({ ...data, drawing: "balanced" }, 1, [source]);
    expect(histogram(balanced.parts.train.labels, 2)).toEqual([6, 6]);
    const wrong = await readTable({ ...data, mislabelled: 0.25 }, 1, [source]);
    expect(wrong.parts.train.mislabelled.reduce((sum, flag) => sum + flag, 0)).toBe(3);
  });

  test("another file, no file, another column, too many rows: each says what to do", async () => {
    const data = await ownTable(7);
    const other = memorySource({ "other.csv": bytes(text.replace("Bonn", "Hamm")) });
    await expect(readTable(data, 1, [other])).rejects.toThrow(DataMissingError);
    await expect(readTable(data, 1, [other])).rejects.toThrow(
      new RegExp(`fingerprint ${data.fingerprint}.*other\\.csv is another table.*--data FOLDER`),
    );
    const mixed = memorySource({ "a.txt": bytes("just words\n"), "shop.csv": bytes(text) });
    expect((await readTable(data, 1, [mixed])).classNames).toEqual(["yes", "no"]);
    const broken = memorySource({ "shop.csv": bytes('a,b\n1,"2\n') });
    await expect(readTable(data, 1, [broken])).rejects.toThrow(
      /shop\.csv, line 3: expected the quote/,
    );
    await expect(readTable({ ...data, fingerprint: 0 }, 1, [])).rejects.toThrow(
      /learns from a CSV file,/,
    );
    await expect(readTable({ ...data, columns: 3 }, 1, [source])).rejects.toThrow(
      /the experiment says 3 and 2/,
    );
    await expect(readTable({ ...data, target: 99 }, 1, [source])).rejects.toThrow(
      /cannot be predicted/,
    );
    await expect(readTable({ ...data, trainSize: 38 }, 1, [source])).rejects.toThrow(DataSizeError);
    await expect(readTable({ ...data, trainSize: 38 }, 1, [source])).rejects.toThrow(
      /40 usable rows.*36 or fewer/,
    );
  });
});

test("validation and test share what training leaves", () => {
  const sizes = (trainSize: number) =>
    tableSizes(100, { trainSize, validationSize: 60, testSize: 20 });
  expect(sizes(20)).toEqual({ train: 20, validation: 60, test: 20 });
  expect(sizes(60)).toEqual({ train: 60, validation: 30, test: 10 });
  expect(sizes(96)).toEqual({ train: 96, validation: 2, test: 2 });
  expect(() => sizes(97)).toThrow(DataSizeError);
});
