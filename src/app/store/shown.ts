// Which tabs and axes the page shows: what is chosen otherwise than at first goes into the links that Share makes.
import { useCallback } from "react";
import { create } from "zustand";
import { viewGrammar } from "../../experiment/canonicalLink";

/** What is chosen, by part of the page; a part that is as at first has no entry. */
type Choices = Readonly<Record<string, string>>;

const useChoices = create<{ readonly choices: Choices }>(() => ({ choices: {} }));

function choose(part: string, choice: string | null): void {
  const { [part]: _, ...others } = useChoices.getState().choices;
  useChoices.setState({ choices: choice === null ? others : { ...others, [part]: choice } });
}

/** A tab's name as links carry it, without blanks. */
const wordOf = (choice: string) => choice.replaceAll(" ", "");

/**
 * A choice among tabs that links carry.
 * @param part its name in links: small letters
 * @param first the choice at first
 */
export function useShown<T extends string>(
  part: string,
  choices: readonly T[],
  first: T,
): readonly [T, (choice: T) => void] {
  const chosen = useChoices((shown) => shown.choices[part]);
  const held = choices.find((choice) => wordOf(choice) === chosen) ?? first;
  const change = useCallback(
    (choice: T) => choose(part, choice === first ? null : wordOf(choice)),
    [part, first],
  );
  return [held, change];
}

const on = "on";

/** A switch, off at first; links carry it. */
export function useSwitch(part: string): readonly [boolean, () => void] {
  const pressed = useChoices((shown) => shown.choices[part] === on);
  return [pressed, () => choose(part, pressed ? null : on)];
}

/** What is shown, as links carry it, such as "log.see-mistakes.weights-norms"; "" where all is as at first. */
export function shownView(): string {
  return Object.entries(useChoices.getState().choices)
    .map(([part, choice]) => (choice === on ? part : `${part}-${choice}`))
    .sort()
    .join(".");
}

/** Shows what a link says. One that says nothing of it leaves tabs and axes as they are; unknown words change nothing. */
export function openView(view: string): void {
  if (!viewGrammar.test(view)) return;
  const words = view.split(".");
  const entries = words.map((word) => {
    const [part = "", choice = on] = word.split("-");
    return [part, choice] as const;
  });
  useChoices.setState({ choices: Object.fromEntries(entries) });
}
