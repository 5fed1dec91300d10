// One stop in the tab order for many small things side by side: arrow keys move among them.
import { type KeyboardEvent, useState } from "react";

interface Roving {
  /** The thing that Tab reaches. */
  readonly current: number;
  setCurrent(index: number): void;
  /** For the element around them; the things in it carry data-roving. */
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
}

/** Where an arrow key leads; null where it leads nowhere. Home and End go to the ends. */
export function nextIndex(
  key: string,
  from: number,
  count: number,
  columns: number,
): number | null {
  const last = count - 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    Home: -from,
    End: last - from,
  };
  const step = steps[key];
  if (step === undefined) return null;
  const to = from + step;
  return to < 0 || to > last ? from : to;
}

/** @param columns things in a row of a grid; `count` for a single row. */
export function useRoving(count: number, columns = count): Roving {
  const [held, setCurrent] = useState(0);
  const current = Math.min(held, Math.max(0, count - 1));
  return {
    current,
    setCurrent,
    onKeyDown(event) {
      const next = nextIndex(event.key, current, count, columns);
      if (next === null) return;
      event.preventDefault();
      setCurrent(next);
      event.currentTarget.querySelectorAll<HTMLElement>("[data-roving]")[next]?.focus();
    },
  };
}
