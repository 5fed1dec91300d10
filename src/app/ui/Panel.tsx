// The frame around every view: a title, a few words beside it, tabs or switches at its right end.
import type { ReactNode, RefObject } from "react";
import styles from "./ui.module.css";

interface PanelProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly end?: ReactNode;
  readonly className?: string | undefined;
  readonly testId?: string;
  /** Gets the frame's element. */
  readonly box?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

export function Panel({ title, aside, end, className, testId, box, children }: PanelProps) {
  return (
    <section
      ref={box}
      className={`${styles.panel} ${className ?? ""}`}
      aria-label={title}
      data-testid={testId}
    >
      <header className={styles.panelHead}>
        <h2>{title}</h2>
        {aside ? <span className={styles.aside}>{aside}</span> : null}
        {end ? <div className={styles.end}>{end}</div> : null}
      </header>
      {children}
    </section>
  );
}

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly T[];
  readonly chosen: T;
  readonly onChoose: (tab: T) => void;
}

/** Tabs with the keyboard of the pattern: arrows move, one stop in the tab order. */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose }: TabsProps<T>) {
  function move(event: React.KeyboardEvent<HTMLDivElement>) {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(chosen) + by + tabs.length) % tabs.length] as T;
    onChoose(next);
    const buttons = event.currentTarget.querySelectorAll("button");
    buttons[tabs.indexOf(next)]?.focus();
  }
  if (tabs.length < 2) return null;
  return (
    <div role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          className={styles.tab}
          aria-selected={tab === chosen}
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => onChoose(tab)}
        >
          {tab}
        </button>
      ))}
    </div>
  );
}

interface ToggleProps {
  readonly pressed: boolean;
  readonly onToggle: () => void;
  readonly label?: string;
  readonly children: ReactNode;
}

export function Toggle({ pressed, onToggle, label, children }: ToggleProps) {
  return (
    <button
      type="button"
      className={styles.tab}
      aria-pressed={pressed}
      aria-label={label}
      onClick={onToggle}
    >
      {children}
    </button>
  );
}
