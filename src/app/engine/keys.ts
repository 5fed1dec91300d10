// The keys that run the run, wherever the focus is, unless it is where keys mean something else.
import type { Engine } from "./engine";

/** Where letters are typed. A slider is no such place: it has no use for them. */
const takesLetters = "input:not([type=range]), select, textarea, [contenteditable], [popover]";
const takesSpace = `${takesLetters}, button, a, summary`;
const takesArrows = `${takesLetters}, input, [role=slider], [role=tablist]`;

function within(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}

/** Listens for keys. @returns stops */
export function listenToKeys(engine: Engine): () => void {
  const hear = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === " ") {
      // A button of the run bar that was clicked keeps the focus; space still means Train there.
      const inBar = within(event.target, "[role=toolbar] button");
      if (within(event.target, takesSpace) && !inBar) return;
      event.preventDefault();
      if (!event.repeat) void engine.toggleTraining();
      return;
    }
    const taken = event.key === "ArrowRight" ? takesArrows : takesLetters;
    if (within(event.target, taken)) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    void action(engine);
  };
  document.addEventListener("keydown", hear);
  return () => document.removeEventListener("keydown", hear);
}

const actions: Readonly<Record<string, (engine: Engine) => Promise<void>>> = {
  ArrowRight: (engine) => engine.advance("step"),
  e: (engine) => engine.advance("epoch"),
  E: (engine) => engine.advance("epoch"),
  r: (engine) => engine.reset(),
  R: (engine) => engine.reset(),
};
