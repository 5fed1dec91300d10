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
    <input id="on" type="radio" name="data" checked>
    <input id="off" type="radio" name="data">
    <div role="toolbar"><button id="train">Train</button><button id="dice">Dice</button></div>`;
  stop = listenToKeys(engine as unknown as Engine);
});
afterEach(() => stop());

const bubbling = { bubbles: true, cancelable: true };

/** @returns whether the browser does with the key what it would */
function key(type: "keydown" | "keyup", id: string, options: KeyboardEventInit): boolean {
  const event = new KeyboardEvent(type, { ...bubbling, ...options });
  document.getElementById(id)?.dispatchEvent(event);
  return !event.defaultPrevented;
}

const press = (id: string, name: string, options: KeyboardEventInit = {}) =>
  key("keydown", id, { key: name, ...options });
const release = (id: string) => key("keyup", id, { key: " " });

/** A click by the pointer, which leaves the focus on the button. */
function click(id: string): void {
  const element = document.getElementById(id);
  element?.dispatchEvent(new FocusEvent("focusin", bubbling));
  element?.dispatchEvent(new MouseEvent("click", { ...bubbling, detail: 1 }));
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

test("space trains from the data set that is chosen, and chooses another", () => {
  expect(press("on", " ")).toBe(false);
  expect(engine.toggleTraining).toHaveBeenCalledTimes(1);
  expect(press("off", " ")).toBe(true);
  expect(engine.toggleTraining).toHaveBeenCalledTimes(1);
  press("on", "e");
  expect(engine.advance).toHaveBeenCalledTimes(1);
});

test("space presses a button of the run bar reached by keyboard, and trains after a click on it", () => {
  expect([press("dice", " "), release("dice")]).toEqual([true, true]);
  expect(engine.toggleTraining).not.toHaveBeenCalled();
  click("dice");
  expect([press("dice", " "), release("dice")]).toEqual([false, false]);
  expect(engine.toggleTraining).toHaveBeenCalledTimes(1);
  click("text");
  expect(press("dice", " ")).toBe(true);
  expect(engine.toggleTraining).toHaveBeenCalledTimes(1);
});

test("space on Train acts once: the press counts, letting go does not click", () => {
  expect([press("train", " "), release("train")]).toEqual([false, false]);
  expect(engine.toggleTraining).toHaveBeenCalledTimes(1);
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
