// Tabs in a row that scrolls where they don't fit: the chosen one is always in sight, and more is announced at its ends.
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import styles from "./tabStrip.module.css";
import ui from "./ui.module.css";

interface Props<T extends string> {
  readonly label: string;
  readonly tabs: readonly T[];
  readonly chosen: T;
  readonly onChoose: (tab: T) => void;
}

/** Which ends of the strip hide something. */
interface Hidden {
  readonly before: boolean;
  readonly after: boolean;
}

export function TabStrip<T extends string>({ label, tabs, chosen, onChoose }: Props<T>) {
  const strip = useRef<HTMLDivElement>(null);
  const hidden = useHidden(strip, tabs.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab, or other tabs, may lie out of sight
  useEffect(() => {
    const tab = strip.current?.querySelector<HTMLElement>("[aria-selected=true]");
    if (tab && strip.current) bringIntoView(strip.current, tab);
  }, [chosen, tabs.length]);
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = (tabs.indexOf(chosen) + by + tabs.length) % tabs.length;
    onChoose(tabs[next] as T);
    event.currentTarget.querySelectorAll("button")[next]?.focus();
  };
  if (tabs.length < 2) return null;
  return (
    <div className={styles.strip}>
      <Shift strip={strip} by={-1} shown={hidden.before} />
      <div
        ref={strip}
        role="tablist"
        aria-label={label}
        className={styles.tabs}
        data-before={hidden.before}
        data-after={hidden.after}
        onKeyDown={move}
      >
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            className={ui.tab}
            aria-selected={tab === chosen}
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => onChoose(tab)}
          >
            {tab}
          </button>
        ))}
      </div>
      <Shift strip={strip} by={1} shown={hidden.after} />
    </div>
  );
}

interface ShiftProps {
  readonly strip: React.RefObject<HTMLDivElement | null>;
  readonly by: 1 | -1;
  readonly shown: boolean;
}

/** For pointers only: keys move from tab to tab. */
function Shift({ strip, by, shown }: ShiftProps) {
  if (!shown) return null;
  const scroll = () => {
    const width = strip.current?.clientWidth ?? 0;
    strip.current?.scrollBy({ left: by * 0.7 * width, behavior: "smooth" });
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className={`${styles.shift} ${by > 0 ? styles.end : styles.start}`}
      onClick={scroll}
    >
      {by > 0 ? "›" : "‹"}
    </button>
  );
}

/** Room kept for the arrow and the fade at either end. */
const arrowRoom = 46;

function bringIntoView(strip: HTMLElement, tab: HTMLElement): void {
  const left = tab.offsetLeft - arrowRoom;
  const right = tab.offsetLeft + tab.offsetWidth + arrowRoom;
  if (left < strip.scrollLeft) strip.scrollLeft = left;
  else if (right > strip.scrollLeft + strip.clientWidth)
    strip.scrollLeft = right - strip.clientWidth;
}

function useHidden(strip: React.RefObject<HTMLDivElement | null>, count: number): Hidden {
  const [hidden, setHidden] = useState<Hidden>({ before: false, after: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other tabs have another width
  useEffect(() => {
    const element = strip.current;
    if (!element) return;
    const look = () => {
      const before = element.scrollLeft > 2;
      const after = element.scrollLeft + element.clientWidth < element.scrollWidth - 2;
      setHidden((held) =>
        held.before === before && held.after === after ? held : { before, after },
      );
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [strip, count]);
  return hidden;
}
