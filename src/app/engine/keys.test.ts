// @vitest-environment happy-dom
// The keys of the page: they run the run, except where they mean something else.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Engine } from "./engine";
import { listenToKeys } from "./keys";

const engine = { toggleTraining: vi.fn(), advance: vi.fn(), reset: vi.fn() };
let stop = () => {};

beforeEach(() => {
  vi.clearAllMocks();
  document.body.innerHTML = `
    <p id="text">text</p>
    <input id="field" type="text">
    <input id="slider" type="range">
    <button id="button">else</button>
    <div role="toolbar"><button id="train">Train</button></div>`;
  stop = listenToKeys(engine as unknown as Engine);
});
afterEach(() => stop());

function press(id: string, key: string, options: KeyboardEventInit = {}): void {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options });
  document.getElementById(id)?.dispatchEvent(event);
}

test("space trains, also from the run bar and from a slider", () => {
  for (const id of ["text", "train", "slider"]) press(id, " ");
  expect(engine.toggleTraining).toHaveBeenCalledTimes(3);
});

test("space types and presses where it should, and does not repeat", () => {
  for (const id of ["field", "button"]) press(id, " ");
  press("text", " ", { repeat: true });
  expect(engine.toggleTraining).not.toHaveBeenCalled();
});

test("arrow, e and r", () => {
  press("text", "ArrowRight");
  press("text", "e");
  press("text", "R");
  expect(engine.advance.mock.calls).toEqual([["step"], ["epoch"]]);
  expect(engine.reset).toHaveBeenCalledTimes(1);
});

test("nothing is taken from fields, sliders and the browser's own keys", () => {
  press("field", "e");
  press("slider", "ArrowRight");
  press("text", "r", { ctrlKey: true });
  expect(engine.advance).not.toHaveBeenCalled();
  expect(engine.reset).not.toHaveBeenCalled();
});
