// The keys that run the run, wherever the focus is, unless it is where keys mean something else.
import type { Engine } from "./engine";

/** Where letters are typed. Sliders, radio buttons and boxes are no such places: they have no use for them. */
export const takesLetters =
  "input:not([type=range]):not([type=radio]):not([type=checkbox]), select, textarea, [contenteditable], [popover], dialog";
/** A radio button that is on already has no use for space either: it keeps the focus after a click. */
const takesSpace = `${takesLetters}, button, a, summary, input[type=checkbox], input[type=radio]:not(:checked)`;
const takesArrows = `${takesLetters}, input, [role=slider], [role=tablist]`;

function closest(target: EventTarget | null, selector: string): Element | null {
  return target instanceof Element ? target.closest(selector) : null;
}

/**
 * Hears whether a button of the run bar was clicked by the pointer. It keeps the focus, but space shall still mean Train:
 * only who came to it by keyboard wants to press it.
 */
class ClickedButton {
  private button: Element | null = null;

  is(target: EventTarget | null): boolean {
    return this.button !== null && closest(target, "button") === this.button;
  }

  /** The browser reports a click made by a key with a count of 0. */
  readonly click = (event: MouseEvent) => {
    this.button = event.detail > 0 ? closest(event.target, "[role=toolbar] button") : null;
  };

  readonly focus = (event: FocusEvent) => {
    if (!this.is(event.target)) this.button = null;
  };
}

/** Listens for keys. @returns stops */
export function listenToKeys(engine: Engine): () => void {
  const clicked = new ClickedButton();
  /** True while space is held down and was taken for Train. */
  let held = false;
  const hearSpace = (event: KeyboardEvent) => {
    const free = closest(event.target, "#train") !== null || clicked.is(event.target);
    if (!free && closest(event.target, takesSpace)) return;
    event.preventDefault();
    held = true;
    if (!event.repeat) void engine.toggleTraining();
  };
  const hear = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === " ") return hearSpace(event);
    const taken = event.key === "ArrowRight" ? takesArrows : takesLetters;
    if (closest(event.target, taken)) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    void action(engine);
  };
  /** Some browsers press a button when space is let go: what was taken shall not act twice. */
  const release = (event: KeyboardEvent) => {
    if (event.key !== " " || !held) return;
    held = false;
    event.preventDefault();
  };
  document.addEventListener("keydown", hear);
  document.addEventListener("keyup", release);
  document.addEventListener("click", clicked.click);
  document.addEventListener("focusin", clicked.focus);
  return () => {
    document.removeEventListener("keydown", hear);
    document.removeEventListener("keyup", release);
    document.removeEventListener("click", clicked.click);
    document.removeEventListener("focusin", clicked.focus);
  };
}

const actions: Readonly<Record<string, (engine: Engine) => Promise<unknown>>> = {
  ArrowRight: (engine) => engine.advance("step"),
  e: (engine) => engine.advance("epoch"),
  E: (engine) => engine.advance("epoch"),
  t: (engine) => engine.trainOn(),
  T: (engine) => engine.trainOn(),
  r: (engine) => engine.reset(),
  R: (engine) => engine.reset(),
};
