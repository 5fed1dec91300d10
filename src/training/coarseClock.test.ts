// Training by a clock that ticks every 100 ms, or never: it ends, takes as long as asked for, and its speed is shown or left out.
import { beforeAll, expect, it } from "vitest";
import { LookingBudget, lookingShare } from "./lookingBudget";
import { Pace } from "./pace";
import { Tempo } from "./tempo";
import { experimentWith, makeTrainer, switchBackend } from "./testing";

const tick = 100;
const coarsely = (time: number) => Math.floor(time / tick) * tick;
const moons = experimentWith(["data.trainSize", 40], ["optimizer.epochs", 60]);

beforeAll(() => switchBackend("cpu"));

it("steps per second are right to a tenth once enough ticks have passed, and 0 before", () => {
  const pace = new Pace(tick);
  pace.begin(coarsely(30), 0);
  pace.update(coarsely(160), 130);
  expect(pace.perSecond).toBe(0);
  // A thousand steps a second, a frame every 130 ms.
  for (let time = 290; time < 12_000; time += 130) pace.update(coarsely(time), time - 30);
  expect(pace.perSecond).toBeGreaterThan(850);
  expect(pace.perSecond).toBeLessThan(1150);
});

it("a run that is spread over six seconds takes six seconds", () => {
  const tempo = new Tempo();
  tempo.set(6000, coarsely(20), 0);
  let [time, step] = [20, 0];
  while (step < 500) {
    step = Math.max(step, Math.min(500, tempo.reach(coarsely(time), 500)));
    time += Math.max(1, tempo.rest(coarsely(time), step, 500));
  }
  expect(time).toBeGreaterThan(5800);
  expect(time).toBeLessThan(6300);
});

it("looks that the clock does not see are paid for all the same", () => {
  const budget = new LookingBudget(tick);
  let looks = 0;
  budget.begin(0, false);
  for (let time = 0; time < 60_000; time += 20) {
    if (!budget.affords(coarsely(time))) continue;
    looks++;
    budget.spend(0);
  }
  expect(looks).toBeGreaterThan(30);
  expect(looks).toBeLessThan((60_000 * lookingShare) / (tick / 20));
});

it.each([
  ["every 100 ms", () => coarsely, tick],
  ["never", () => () => 5, Number.POSITIVE_INFINITY],
])("with a clock that moves %s a run goes to its end", async (_what, make, clockResolution) => {
  const shown = make();
  let time = 0;
  const now = () => {
    time += 0.7;
    return shown(time);
  };
  const { trainer, points, frames } = await makeTrainer(
    moons,
    { clockResolution },
    "cpu",
    null,
    now,
  );
  trainer.train();
  const { state, epoch } = await trainer.finished();
  expect([state, epoch]).toEqual(["finished", 60]);
  expect(points.length).toBeGreaterThan(50);
  for (const { stepsPerSecond } of frames) expect(Number.isFinite(stepsPerSecond)).toBe(true);
  await trainer.dispose();
});
