// What the page asks to see while a run trains: dear panels come seldom, cheap ones often, and nothing that nobody watches.
import { beforeAll, expect, test } from "vitest";
import { makeDataset } from "../data";
import { defaultExperiment } from "../experiment/schema";
import { setUpBackend } from "./backends";
import { Frames } from "./frames";
import { lookingShare } from "./lookingBudget";
import { TrainingRun } from "./run";
import { type PanelName, panels } from "./views";

beforeAll(async () => void (await setUpBackend("cpu", { wasmFolder: "" })));

/** A clock that only looking and steps move on. */
async function watchedFor(
  seconds: number,
  watched: readonly PanelName[],
  cost: (panel: PanelName) => number,
) {
  const { data, seed } = defaultExperiment;
  const dataset = await makeDataset({ ...data, trainSize: 40 }, seed, null);
  const run = new TrainingRun(defaultExperiment, dataset, Number.POSITIVE_INFINITY);
  let now = 0;
  const counts = new Map<PanelName, number>();
  const counted = Object.entries(panels).map(([name, { interval }]) => {
    const measure = async () => {
      counts.set(name as PanelName, (counts.get(name as PanelName) ?? 0) + 1);
      now += cost(name as PanelName);
      return null;
    };
    return [name, { interval, appliesTo: () => true, open: () => ({ measure }) }];
  });
  const frames = new Frames(run, true, 0, Object.fromEntries(counted));
  frames.watch(watched, 8);
  frames.budget.begin(now, true);
  while (now < seconds * 1000) {
    now += 5;
    if (frames.isDue(now)) await frames.render(() => now, true);
  }
  frames.dispose();
  run.dispose();
  return { counts, now };
}

test("cheap panels come as often as the page draws them", async () => {
  const { counts } = await watchedFor(10, ["boundary", "report"], () => 1);
  expect(counts.get("boundary")).toBeGreaterThan(70);
  expect(counts.get("boundary")).toBeLessThanOrEqual(81);
  expect(counts.get("report")).toBeGreaterThanOrEqual(8);
  expect(counts.get("report")).toBeLessThanOrEqual(11);
  expect(counts.has("maps")).toBe(false);
});

test("dear panels come seldom enough to keep to their share, but they come", async () => {
  const { counts, now } = await watchedFor(20, ["boundary"], () => 20);
  const looks = counts.get("boundary") ?? 0;
  expect((looks * 20 - 220) / now).toBeLessThanOrEqual(lookingShare + 0.001);
  expect(looks).toBeGreaterThan(20);
});

test("nothing waits for longer than two seconds, whatever the others cost", async () => {
  const { counts } = await watchedFor(20, ["boundary", "gallery"], (panel) =>
    panel === "boundary" ? 300 : 1,
  );
  expect(counts.get("boundary")).toBeGreaterThanOrEqual(8);
  expect(counts.get("gallery")).toBeGreaterThanOrEqual(8);
});

test("without panels nothing is asked of the network", async () => {
  const { counts } = await watchedFor(2, [], () => 1);
  expect(counts.size).toBe(0);
});
