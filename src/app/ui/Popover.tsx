// A button with a floating panel on the browser's own popover: closes on Escape and on a click elsewhere, above everything.
import { type ReactNode, type ToggleEvent, useId, useRef, useState } from "react";
import styles from "./ui.module.css";

interface Props {
  /** Name for a screen reader, where the button's content is no text. */
  readonly label?: string;
  readonly className?: string | undefined;
  readonly button: ReactNode;
  readonly width?: number;
  readonly testId?: string;
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

const margin = 8;

/** Below the button where there is room, else above; never outside the window. */
function place(button: HTMLElement, panel: HTMLElement, width: number): void {
  const box = button.getBoundingClientRect();
  const room = document.documentElement.clientWidth - margin;
  const held = Math.min(width, room - margin);
  const below = box.bottom < window.innerHeight * 0.62;
  const { style } = panel;
  style.width = `${held}px`;
  style.left = `${Math.max(margin, Math.min(box.left, room - held))}px`;
  style.top = below ? `${box.bottom + 6}px` : "auto";
  style.bottom = below ? "auto" : `${window.innerHeight - box.top + 6}px`;
  const height = below ? window.innerHeight - box.bottom : box.top;
  style.maxHeight = `${height - 6 - margin}px`;
}

export function Popover({ label, className, button, width = 300, testId, children }: Props) {
  const id = useId();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const panelRef = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  function beforeToggle(event: ToggleEvent<HTMLDivElement>) {
    const opens = event.newState === "open";
    if (opens && buttonRef.current && panelRef.current) {
      place(buttonRef.current, panelRef.current, width);
    }
    setOpen(opens);
  }

  const close = () => panelRef.current?.hidePopover?.();
  return (
    <>
      <button
        ref={buttonRef}
        type="button"
        className={className}
        popoverTarget={id}
        aria-label={label}
        data-testid={testId}
      >
        {button}
      </button>
      <div
        ref={panelRef}
        id={id}
        popover="auto"
        className={styles.float}
        onBeforeToggle={beforeToggle}
      >
        {open ? (typeof children === "function" ? children(close) : children) : null}
      </div>
    </>
  );
}
