// @vitest-environment happy-dom
// The address bar: canonical from the start, written before a preset is loaded, a step back for each preset.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { presets } from "../../experiment/presets";
import { defaultExperiment } from "../../experiment/schema";
import { followAddress } from "./address";
import { useSettings } from "./settings";

let stop = () => {};
const written = () => window.location.hash;
const settings = () => useSettings.getState();

beforeEach(() => {
  vi.useFakeTimers();
  settings().open(defaultExperiment, []);
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("a wrong link is replaced at once by the one in force", async () => {
  window.history.replaceState(null, "", "#v=1;epochs=-5;drop=0.3;epochs=7");
  const push = vi.spyOn(window.history, "pushState");
  stop = await followAddress();
  expect(settings().corrections.length).toBeGreaterThan(0);
  expect(written()).toBe("#v=1.dn2;drop=0.3;epochs=1");
  expect(push).not.toHaveBeenCalled();
});

test("an empty address stays empty until something changes", async () => {
  window.history.replaceState(null, "", window.location.pathname);
  stop = await followAddress();
  expect(written()).toBe("");
});

test("what was changed a moment before a preset is written before the preset's own step", async () => {
  window.history.replaceState(null, "", "#v=1");
  stop = await followAddress();
  const push = vi.spyOn(window.history, "pushState");
  const other = presets.at(-1);
  if (!other) throw new Error("There are no presets.");
  settings().change([["regularization.dropoutHidden", 0.3]]);
  vi.advanceTimersByTime(100);
  settings().load(other);
  expect(written()).toContain("drop=0.3");
  expect(push).not.toHaveBeenCalled();
  vi.advanceTimersByTime(500);
  expect(push).toHaveBeenCalledTimes(1);
  expect(written()).not.toContain("drop=0.3");
});
