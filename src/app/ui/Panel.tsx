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
