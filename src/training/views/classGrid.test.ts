// The class grid shows pictures of the training part under the labels that training uses, and counts them all.
import { expect, it } from "vitest";
import { makeDataset } from "../../data";
import { experimentWith } from "../testing";
import { classGrid } from "./classGrid";

it.each([0, 0.3])(
  "every class with its first pictures and its count, %s mislabelled",
  async (wrong) => {
    const experiment = experimentWith(
      ["data.kind", "shapes"],
      ["data.trainSize", 150],
      ["data.mislabelled", wrong],
      ["data.scaling", "standardized"],
    );
    const dataset = await makeDataset(experiment.data, 4, null);
    const { train } = dataset;
    const grid = classGrid(dataset);
    expect(grid).toMatchObject({ width: 32, height: 32, channels: 3 });
    expect(grid.classes).toHaveLength(10);
    expect(grid.classes.reduce((sum, { count }) => sum + count, 0)).toBe(150);
    let marked = 0;
    for (const [kind, { count, pictures }] of grid.classes.entries()) {
      const places = [...train.labels.keys()].filter((index) => train.labels[index] === kind);
      expect(count).toBe(places.length);
      expect(pictures.map(({ index }) => index)).toEqual(places.slice(0, 12));
      for (const { index, mislabelled, pixels } of pictures) {
        expect(pixels).toEqual(train.inputs.subarray(3072 * index, 3072 * (index + 1)));
        expect(mislabelled).toBe(train.mislabelled[index] === 1);
        if (mislabelled) marked++;
      }
    }
    expect(marked > 0).toBe(wrong > 0);
  },
);

it("data without pictures have no grid", async () => {
  const { data } = experimentWith();
  const dataset = await makeDataset(data, 1, null);
  expect(() => classGrid(dataset)).toThrow("no pictures");
});
