// @vitest-environment happy-dom
// The address bar: canonical from the start, written before a preset is loaded, a step back for each preset.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { presets } from "../../experiment/presets";
import { defaultExperiment } from "../../experiment/schema";
import { listenToPaste } from "../engine/paste";
import { followAddress, openLink } from "./address";
import { useSettings } from "./settings";
import { shownView } from "./shown";

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

test("a link that arrived in the path or in the query opens, and the address is put right", async () => {
  for (const lost of ["/%23v=1;train=30.", "/%2523v%253D1%253Btrain%253D30", "/?v=1;train=30"]) {
    window.history.replaceState(null, "", lost);
    stop = await followAddress();
    expect(settings().experiment.data.trainSize, lost).toBe(30);
    expect(window.location.href, lost).toMatch(/^[^#]*\/#v=1\.\w{3};train=30$/);
    stop();
    settings().open(defaultExperiment, []);
  }
  window.history.replaceState(null, "", "/?selftest");
  stop = await followAddress();
  expect(window.location.search).toBe("?selftest");
  expect(settings().corrections).toEqual([]);
});

test("a newer page's link stays in the address until something changes", async () => {
  window.history.replaceState(null, "", "/#v=2.bcd;train=30;hologram=5");
  stop = await followAddress();
  vi.advanceTimersByTime(1000);
  expect(written()).toBe("#v=2.bcd;train=30;hologram=5");
  expect(settings().experiment.data.trainSize).toBe(30);
  settings().change([["data.trainSize", 40]]);
  vi.advanceTimersByTime(1000);
  expect(written()).toMatch(/^#v=1\.\w{3};train=40$/);
});

test("the preset travels where the receiver could not guess it, and nowhere else", async () => {
  window.history.replaceState(null, "", "/#v=1");
  stop = await followAddress();
  const spiral = presets.find(({ name }) => name.startsWith("spiral"));
  if (!spiral) throw new Error("There is no preset on spirals.");
  settings().load(spiral);
  vi.advanceTimersByTime(1000);
  expect(written()).not.toContain("from=");
  settings().change([
    ["optimizer.epochs", 50],
    ["optimizer.learningRate", 0.02],
    ["optimizer.batchSize", 20],
    ["regularization.l2", 0.01],
    ["data.trainSize", 80],
    ["data.noise", 0.2],
  ]);
  vi.advanceTimersByTime(1000);
  expect(written()).toContain(`;from=${spiral.name}`);
  settings().open(defaultExperiment, []);
  await openLink(written().slice(1));
  expect(settings().preset).toBe(spiral);
  expect(settings().corrections).toEqual([]);
});

test("what is shown comes out of a link and goes into the next one; a link that says nothing of it leaves it", async () => {
  await openLink("v=1;view=log.weights-norms");
  expect(shownView()).toBe("log.weights-norms");
  await openLink("v=1;seed=2");
  expect(shownView()).toBe("log.weights-norms");
  await openLink("v=1;view=weights-zeros");
  expect(shownView()).toBe("weights-zeros");
});

test("a pasted link opens; a text without one, and a text pasted into an entry, change nothing", async () => {
  const ignore = listenToPaste();
  const entry = document.body.appendChild(document.createElement("input"));
  const paste = (target: Element, text: string) => {
    const event = new Event("paste", { bubbles: true, cancelable: true });
    target.dispatchEvent(Object.assign(event, { clipboardData: { getData: () => text } }));
    return event.defaultPrevented;
  };
  expect(paste(document.body, "train=30, as we said")).toBe(false);
  expect(paste(entry, "#v=1;train=30")).toBe(false);
  expect(paste(document.body, "See (http://x.org/#v=1;train=30).")).toBe(true);
  await vi.waitFor(() => expect(settings().experiment.data.trainSize).toBe(30));
  expect(settings().corrections).toHaveLength(1);
  entry.remove();
  ignore();
});
