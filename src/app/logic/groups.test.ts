// What accuracies of groups say: a small group is never taken for proof, a clear one is named with its figures.
import { expect, test } from "vitest";
import type { Grouping } from "../../worker/protocol";
import { groupName, groupRows, groupVerdict, labelRows, labelVerdict } from "./groups";

const figures = (...pairs: readonly (readonly [number, number])[]) => ({
  count: pairs.map(([, count]) => count),
  right: pairs.map(([right]) => right),
  truly: null,
});
const labels = (right: [number, number], wrong: [number, number, number]) => ({
  count: [right[1], wrong[2]],
  right: [right[0], wrong[0]],
  truly: [right[0], wrong[1]],
});

test("each group stands beside all others together", () => {
  const [first, second, empty] = groupRows(["a", "b", "c"], figures([30, 60], [90, 100], [0, 0]));
  expect(first).toMatchObject({ name: "a", count: 60, share: 0.5, clear: true });
  expect(first?.difference).toBeCloseTo(-0.4, 12);
  expect(first?.range?.low).toBeCloseTo(0.3773, 3);
  expect(first?.range?.high).toBeCloseTo(0.6227, 3);
  expect(second?.difference).toBeCloseTo(0.4, 12);
  expect(empty).toEqual({
    name: "c",
    count: 0,
    share: null,
    range: null,
    difference: null,
    clear: false,
  });
});

test("four examples are no proof, and one group of many that differs a little is none either", () => {
  const [few] = groupRows(["few", "many"], figures([2, 4], [90, 100]));
  expect(few?.clear).toBe(false);
  const pair = groupRows(["a", "b"], figures([33, 50], [176, 220]));
  expect(pair.map(({ clear }) => clear)).toEqual([true, true]);
  const twelve = Array.from({ length: 12 }, (_, at): [number, number] =>
    at === 0 ? [33, 50] : [16, 20],
  );
  const [one] = groupRows(twelve.map(String), figures(...twelve));
  expect(one).toMatchObject({ difference: pair[0]?.difference, clear: false });
});

test("the verdict names the worst clear group, else says that it may be chance", () => {
  const verdict = (...pairs: readonly (readonly [number, number])[]) =>
    groupVerdict(groupRows(["Ulm", "Bonn", "Köln"].slice(0, pairs.length), figures(...pairs)));
  expect(verdict([30, 60], [90, 100])).toBe(
    "“Ulm” fares worse: 50.0\u00a0% of 60 examples right against 90.0\u00a0% of the rest; chance alone would hardly do that.",
  );
  expect(verdict([99, 100], [60, 100], [61, 100])).toBe(
    "“Bonn” fares worse: 60.0\u00a0% of 100 examples right against 80.0\u00a0% of the rest; chance alone would hardly do that. 2 more groups differ clearly.",
  );
  expect(verdict([2, 4], [90, 100])).toBe(
    "No group stands out: the largest difference, “Ulm” 40.0 points below the rest, may well be chance with 4 examples.",
  );
  expect(verdict([5, 10], [50, 100])).toBe("No group stands out: all fare the same.");
  expect(verdict([5, 10], [0, 0])).toMatch(/^Nothing to compare/);
});

test("only a better group may stand out", () => {
  const rows = groupRows(["a", "b", "c", "d"], figures([60, 60], [42, 60], [43, 60], [44, 60]));
  expect(rows.map(({ clear }) => clear)).toEqual([true, false, false, false]);
  expect(groupVerdict(rows)).toMatch(/^“a” fares better: 100\.0\u00a0% of 60 examples/);
});

test("wrong labels: learned by heart, seen through, or neither", () => {
  const heart = labels([76, 76], [20, 3, 24]);
  expect(labelRows(heart).map(({ name, count, share }) => [name, count, share])).toEqual([
    ["right: repeats it", 76, 1],
    ["wrong: repeats it", 24, 20 / 24],
    ["wrong: says the truth", 24, 3 / 24],
  ]);
  expect(labelVerdict(heart)).toBe(
    "Learned by heart: it gives back 20 of 24 wrong labels (likely 64 to 93\u00a0%) and the true class for 3.",
  );
  expect(labelVerdict(labels([70, 76], [2, 22, 24]))).toMatch(
    /^Not taken in: it gives the true class for 22 of 24 wrong labels .* the wrong label back for 2\.$/,
  );
  expect(labelVerdict(labels([70, 76], [3, 1, 4]))).toBe(
    "Undecided: of 4 wrong labels it gives 3 back and the true class for 1; neither is a clear majority.",
  );
  expect(labelVerdict(labels([70, 76], [0, 0, 0]))).toMatch(/^No training label/);
});

test("a group of classes says which", () => {
  const rare: Grouping = {
    kind: "frequency",
    names: ["frequent", "rare"],
    classes: [[0], [2, 1]],
    counts: [9, 3, 4],
  };
  expect(groupName(rare, 1, ["coat", "bag", "shoe"])).toBe("rare: shoe, bag");
  expect(groupName({ kind: "column", column: "town", names: ["Ulm"] }, 0, [])).toBe("Ulm");
});
