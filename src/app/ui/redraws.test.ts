// Turns at redrawing, counted on a clock of the test's own: one per frame, each no more often than it asked, nobody forgotten.
import { expect, test } from "vitest";
import { Redraws } from "./redraws";

const frame = 1000 / 60;

/** A browser that draws 60 frames a second while it is visible. */
class FakeBrowser {
  time = 0;
  visible = true;
  private frames: (() => void)[] = [];
  private timers: { readonly at: number; readonly call: () => void }[] = [];
  readonly now = () => this.time;
  readonly nextFrame = (call: () => void) => void this.frames.push(call);
  readonly later = (call: () => void, milliseconds: number) =>
    void this.timers.push({ at: this.time + milliseconds, call });

  /** Lets frames pass. @param each done before each of them */
  run(count: number, each: (number: number) => void = () => undefined): void {
    for (let number = 0; number < count; number++) {
      this.time += frame;
      each(number);
      const due = this.timers.filter(({ at }) => at <= this.time);
      this.timers = this.timers.filter(({ at }) => at > this.time);
      for (const { call } of due) call();
      if (!this.visible) continue;
      const calls = this.frames;
      this.frames = [];
      for (const call of calls) call();
    }
  }
}

/** Seats that count their redraws, and the frames in which any took place. */
function seated(browser: FakeBrowser, intervals: readonly number[]) {
  const redraws = new Redraws(browser);
  const times: number[][] = intervals.map(() => []);
  const seats = intervals.map((interval, place) =>
    redraws.join(interval, () => times[place]?.push(browser.time)),
  );
  return { seats, times, wantAll: () => seats.forEach((seat) => void seat.want()) };
}

test("news at every frame: each is redrawn as often as it asked, no two in one frame", () => {
  const browser = new FakeBrowser();
  const { times, wantAll } = seated(browser, [300, 300, 250, 250, 125]);
  browser.run(600, wantAll);
  const perSecond = times.map((list) => list.length / 10);
  for (const rate of perSecond.slice(0, 4)) {
    expect(rate).toBeGreaterThanOrEqual(2);
    expect(rate).toBeLessThanOrEqual(4);
  }
  expect(perSecond[4]).toBeGreaterThan(6);
  expect(perSecond[4]).toBeLessThanOrEqual(8);
  const all = times.flat();
  expect(new Set(all).size).toBe(all.length);
  for (const [place, list] of times.entries()) {
    const least = [300, 300, 250, 250, 125][place] as number;
    list.slice(1).forEach((time, index) => {
      expect(time - (list[index] as number)).toBeGreaterThanOrEqual(least);
    });
  }
});

test("more than the frames can carry: every one still gets its turn", () => {
  const browser = new FakeBrowser();
  const { times, wantAll } = seated(
    browser,
    Array.from({ length: 20 }, () => 100),
  );
  browser.run(600, wantAll);
  const counts = times.map(({ length }) => length);
  expect(Math.min(...counts)).toBeGreaterThan(10);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});

test("without news nothing is redrawn, and the last news is never missed", () => {
  const browser = new FakeBrowser();
  const { seats, times } = seated(browser, [300]);
  browser.run(60);
  expect(times[0]).toHaveLength(0);
  seats[0]?.want();
  browser.run(2);
  seats[0]?.want();
  browser.run(60);
  expect(times[0]).toHaveLength(2);
});

test("a hidden page is not redrawn; shown again it catches up, once for each", () => {
  const browser = new FakeBrowser();
  const { times, wantAll } = seated(browser, [300, 250]);
  browser.visible = false;
  browser.run(600, wantAll);
  expect(times.flat()).toHaveLength(0);
  browser.visible = true;
  browser.run(10);
  expect(times.map(({ length }) => length)).toEqual([1, 1]);
});

test("who has left is not redrawn", () => {
  const browser = new FakeBrowser();
  const { seats, times } = seated(browser, [100, 100]);
  seats[0]?.want();
  seats[1]?.want();
  seats[0]?.leave();
  browser.run(30);
  expect(times.map(({ length }) => length)).toEqual([0, 1]);
});

test("says that parts are behind from the first news until the last of them shows it", () => {
  const browser = new FakeBrowser();
  const told: boolean[] = [];
  const redraws = new Redraws(Object.assign(browser, { behind: (it: boolean) => told.push(it) }));
  const drawn: string[] = [];
  const first = redraws.join(100, () => drawn.push("first"));
  const second = redraws.join(100, () => drawn.push("second"));
  browser.run(10);
  expect(told).toEqual([]);
  first.want();
  second.want();
  first.want();
  expect(told).toEqual([true]);
  browser.run(30, () => {
    if (drawn.length < 2) expect(told).toEqual([true]);
  });
  expect(drawn).toEqual(["first", "second"]);
  expect(told).toEqual([true, false]);
  // One that leaves while it has something to show keeps nobody waiting.
  first.want();
  first.leave();
  expect(told).toEqual([true, false, true, false]);
});
