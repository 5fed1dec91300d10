// What the page says while it loads: bytes, share and the time left, not too often.
import { expect, test } from "vitest";
import { reportReading, waitText } from "./loading";

test("bytes at once, the time left when the pace is known, at most ten reports a second", () => {
  const reports: unknown[] = [];
  let time = 0;
  const progress = reportReading(
    (...report) => reports.push(report),
    () => time,
  );
  progress("a.png", 0, 20e6);
  for (time = 10; time < 2000; time += 10) progress("a.png", time * 1000, 20e6);
  expect(reports.length).toBeGreaterThan(10);
  expect(reports.length).toBeLessThanOrEqual(21);
  expect(reports[0]).toEqual(["Reading a.png: 0.0 of 20 MB", 0]);
  expect(reports.at(-1)).toEqual([
    "Reading a.png: 1.9 of 20 MB, 18 s left",
    expect.closeTo(0.095, 2),
  ]);
  progress("a.png", 20e6, 20e6);
  expect(reports.at(-1)).toEqual(["Reading a.png: 20 of 20 MB", 1]);
});

test("what came from the cache does not count as pace; an unknown length has no share", () => {
  const reports: unknown[] = [];
  let time = 0;
  const progress = reportReading(
    (...report) => reports.push(report),
    () => time,
  );
  progress("a.png", 10e6, 20e6);
  time = 2000;
  progress("a.png", 12e6, 20e6);
  expect(reports.at(-1)).toEqual(["Reading a.png: 12 of 20 MB, 8 s left", 0.6]);
  progress("b", 3e6, null);
  expect(reports.at(-1)).toEqual(["Reading b: 3.0 MB", null]);
});

test("times as people say them", () => {
  expect([0.4, 12.3, 89, 200].map(waitText)).toEqual(["a moment", "12 s", "89 s", "3 min"]);
});
