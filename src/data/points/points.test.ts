// Clicked points: held out by the seed and by class, refused where they are too few, the same after a way through a file.
import { expect, test } from "vitest";
import { DataLineError, DataMissingError, DataPointsError } from "../errors";
import { makeDataset } from "../index";
import { memorySource, settings, watchedFile } from "../testing";
import {
  type PlanePoint,
  placePoint,
  pointParts,
  pointsFingerprint,
  pointsLacking,
  printPoints,
  testPoint,
  trainPoint,
  validationPoint,
} from "./points";
import { readPoints } from "./read";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readPoints(watchedFile("points.csv", bytes(text)));
const cloud = (kind: number, count: number): PlanePoint[] =>
  Array.from({ length: count }, (_, i) => placePoint(kind - 0.5 + i / 31, -i / 29, kind));
const both = [...cloud(0, 9), ...cloud(1, 14)];
const data = (points: readonly PlanePoint[], classes = 2) =>
  settings({ kind: "ownPoints", points: pointsFingerprint(points), classes });
const source = (points: readonly PlanePoint[]) =>
  memorySource({ "points.csv": bytes(printPoints(points)) });

test("points lie within the plane, to three decimals", () => {
  expect(placePoint(0.12345, -9, 2)).toEqual({ x: 0.123, y: -1.5, kind: 2 });
  expect(Object.is(placePoint(-0.0001, 0, 0).x, 0)).toBe(true);
});

test("a file gives the same points back, with the same check sum, however its lines end", async () => {
  expect(await read(printPoints(both))).toEqual(both);
  expect(await read(printPoints(both).replaceAll("\n", "\r\n"))).toEqual(both);
  expect(await read("class,Y,x\nb,1,-0.25\n")).toEqual([{ x: -0.25, y: 1, kind: 1 }]);
  const moved = [placePoint(0, 0, 0), ...both.slice(1)];
  expect(pointsFingerprint(moved)).not.toBe(pointsFingerprint(both));
  expect(pointsFingerprint([])).toBe(0);
});

test.each([
  ["a,b\n1,2\n", /line 1: expected the columns x, y and class, found a, b/],
  ["x,y,class\n0,0,A\n0,7,B\n", /line 3: expected a number from −1.5 to 1.5 in column y, found 7/],
  ["x,y,class\n0,,A\n0,1,B\n", /line 2: .* in column y, found nothing/],
  ["x,y,class\n0,0,A\n0,1,yes\n", /line 3: expected a class A, B, C, D, E, found yes/],
  ["\n\nx,y,class\n\n0,0,A\n\n\n0,7,B\n", /line 8: .* in column y, found 7/],
  ["\nx,y,class\n0,0,A\n\n0,1,\n", /line 5: expected a class .*, found nothing/],
  ["\n\na,b\n1,2\n", /line 3: expected the columns x, y and class/],
  ["\nx,y,class\nleft,0,A\nright,1,B\n", /line 2: .* in column x, found words in that column/],
  [`x,y,class\n\n${"0,0,A\n".repeat(2001)}`, /line 2003: expected at most 2000 points/],
  ["x,y,class\n0,0,1\n0,1,2\n", /expected a class .* found a column of numbers/],
  [`x,y,class\n${"0,0,A\n".repeat(2001)}`, /expected at most 2000 points/],
])("a file that holds no points is refused by line: %#", async (text, message) => {
  await expect(read(text)).rejects.toThrow(DataLineError);
  await expect(read(text)).rejects.toThrow(message);
});

test("too few points, one class, too many classes: what is there and what to do", () => {
  expect(pointsLacking(both, 2)).toBeNull();
  expect(pointsLacking([...cloud(0, 4), ...cloud(2, 4)], 3)).toBeNull();
  expect(pointsLacking([], 2)).toBe(
    "No points yet. At least 4 of each of two classes are needed: add 4 of A and 4 of B.",
  );
  expect(pointsLacking(cloud(1, 6), 2)).toMatch(/^So far 6 of B\..*two classes.*: add 4 of A\.$/);
  expect(pointsLacking([...cloud(0, 5), ...cloud(1, 3)], 2)).toMatch(
    /each class are needed: add 1 more of B\.$/,
  );
  expect(pointsLacking([...both, ...cloud(2, 1)], 3)).toMatch(/1 of C\..*add 3 more of C\.$/);
  expect(pointsLacking([...both, ...cloud(3, 5)], 2)).toMatch(
    /^5 points of class D, but .* 2 classes: set classes to 4 or remove them\.$/,
  );
});

test("every class is in every part; further points change no other's part; the seed decides", () => {
  const count = (kind: number, part: number) =>
    pointParts(both, 1).filter((held, at) => held === part && both[at]?.kind === kind).length;
  expect([trainPoint, validationPoint, testPoint].map((part) => count(0, part))).toEqual([5, 2, 2]);
  expect([trainPoint, validationPoint, testPoint].map((part) => count(1, part))).toEqual([8, 3, 3]);
  const more = [...both, ...cloud(2, 3), ...cloud(0, 3)];
  expect(pointParts(more, 1).slice(0, both.length)).toEqual(pointParts(both, 1));
  expect(pointParts(both, 2)).not.toEqual(pointParts(both, 1));
  expect([...pointParts([...cloud(0, 4), ...cloud(1, 4)], 7)].sort()).toEqual([
    0, 0, 0, 0, 1, 1, 2, 2,
  ]);
});

test("a data set of points: three parts, classes by letter, the plane's own borders", async () => {
  const dataset = await makeDataset({ ...data(both), mislabelled: 0.5 }, 1, [source(both)]);
  expect([dataset.train.count, dataset.validation.count, dataset.test.count]).toEqual([13, 5, 5]);
  expect(dataset.classNames).toEqual(["class A", "class B"]);
  expect(dataset.extent).toEqual([-1.5, 1.5, -1.5, 1.5]);
  expect([...dataset.train.labels].filter((kind) => kind === 1)).toHaveLength(8);
});

test("other points, none, too few: each says what to do", async () => {
  const few = both.slice(0, 10);
  await expect(makeDataset(data(both), 1, [source(few)])).rejects.toThrow(DataMissingError);
  await expect(makeDataset(data(both), 1, [source(few)])).rejects.toThrow(
    /points with check sum \d+.*points\.csv holds other points.*--data FOLDER/,
  );
  await expect(makeDataset(data([]), 1, null)).rejects.toThrow(/points that you click/);
  await expect(makeDataset(data(few), 1, [source(few)])).rejects.toThrow(DataPointsError);
});
