// A slider that a finger can scroll past: by touch it takes a sideways drag; a swipe up or down, or a tap beside its thumb, leaves it.
import type { ChangeEvent, ComponentProps, KeyboardEvent, PointerEvent, TouchEvent } from "react";
import { useRef } from "react";

/** How far a finger moves sideways before it drags, in CSS pixels. */
const slop = 6;

interface Gesture {
  readonly x: number;
  readonly y: number;
  /** Browsers move the thumb to where a finger lands, before anybody knows what it is up to. */
  drags: boolean;
  scrolls: boolean;
}

type Props = Omit<ComponentProps<"input">, "type" | "onChange"> & {
  /** Hears of every new position; must set `value`. */
  readonly onMove: (position: number) => void;
};

export function Range({ onMove, onKeyDown, ...rest }: Props) {
  const gesture = useRef<Gesture | null>(null);
  const end = () => {
    gesture.current = null;
  };
  return (
    <input
      {...rest}
      type="range"
      onChange={(event: ChangeEvent<HTMLInputElement>) => {
        if (gesture.current?.drags === false) return;
        onMove(Number(event.currentTarget.value));
      }}
      onPointerDown={({ pointerType, clientX: x, clientY: y }: PointerEvent) => {
        gesture.current = pointerType === "touch" ? { x, y, drags: false, scrolls: false } : null;
      }}
      onPointerMove={({ clientX, clientY }: PointerEvent) => {
        const held = gesture.current;
        if (!held || held.drags || held.scrolls) return;
        const across = Math.abs(clientX - held.x);
        const along = Math.abs(clientY - held.y);
        held.drags = across > slop && across > along;
        held.scrolls = along > slop && along >= across;
      }}
      onPointerCancel={() => {
        // The browser scrolls; what it still tells the slider of that finger counts for nothing.
        if (gesture.current) gesture.current = { ...gesture.current, drags: false, scrolls: true };
      }}
      onTouchCancel={end}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
        end();
        onKeyDown?.(event);
      }}
      onTouchEnd={(event: TouchEvent<HTMLInputElement>) => {
        // A tap would come again as a click of a mouse, which moves the thumb.
        if (gesture.current?.drags === false && !gesture.current.scrolls && event.cancelable) {
          event.preventDefault();
          event.currentTarget.focus({ preventScroll: true });
        }
        end();
      }}
    />
  );
}
