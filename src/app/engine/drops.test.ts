// @vitest-environment happy-dom
// Files dropped anywhere: taken for Fashion-MNIST, kept from the browser for every other data set, hinted at while they hover.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defaultExperiment, withValue } from "../../experiment/schema";
import { usePage } from "../store/page";
import { useSettings } from "../store/settings";
import { listenToDrops } from "./drops";
import type { Engine } from "./engine";

const engine = { restart: vi.fn() };
const file = new File(["x"], "train-images-idx3-ubyte");
const fashion = withValue(defaultExperiment, "data.kind", "fashionMnist");
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  stop = listenToDrops(engine as unknown as Engine);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

/** @returns whether the browser would open what was dropped */
function drag(name: "dragover" | "dragleave" | "drop", files: readonly File[], types = ["Files"]) {
  const event = new Event(name, { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { types, files }, relatedTarget: null });
  document.body.dispatchEvent(event);
  return !event.defaultPrevented;
}

test("files for Fashion-MNIST start the run, wherever they fall", async () => {
  useSettings.getState().open(fashion, []);
  expect(drag("dragover", [])).toBe(false);
  expect(usePage.getState().dropping).toBe(true);
  expect(drag("drop", [file])).toBe(false);
  expect(usePage.getState().dropping).toBe(false);
  // Whether it is a table is seen by its content.
  await vi.waitFor(() => expect(engine.restart).toHaveBeenCalledExactlyOnceWith([file]));
});

test("files for another data set are swallowed", () => {
  useSettings.getState().open(defaultExperiment, []);
  expect([drag("dragover", []), drag("drop", [file])]).toEqual([false, false]);
  expect(engine.restart).not.toHaveBeenCalled();
});

test("the hint goes when the files leave, or are heard of no more", () => {
  for (const go of [() => drag("dragleave", []), () => vi.advanceTimersByTime(1000)]) {
    drag("dragover", []);
    expect(usePage.getState().dropping).toBe(true);
    go();
    expect(usePage.getState().dropping).toBe(false);
  }
});

test("dragged text is left to the browser", () => {
  expect([drag("dragover", [], ["text/plain"]), drag("drop", [], ["text/plain"])]).toEqual([
    true,
    true,
  ]);
  expect(usePage.getState().dropping).toBe(false);
});
