// Hooks for sizes, visibility and the run's record: each component hears of changes no more often than it can draw.
import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import type { Part } from "../logic/history";
import { history } from "../store/run";
import { redraws } from "./redraws";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Size of an element in CSS pixels, kept up to date. */
export function useSize(ref: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const width = Math.floor(element.clientWidth);
      const height = Math.floor(element.clientHeight);
      setSize((held) =>
        held.width === width && held.height === height ? held : { width, height },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** True while any part of the element is within the window. */
export function useVisible(ref: RefObject<HTMLElement | null>): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const element = ref.current;
    if (!element || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver((entries) => {
      setVisible(entries.at(-1)?.isIntersecting ?? true);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return visible;
}

/**
 * Version of parts of the run's record, heard of when this part of the page has its turn: at most every `interval`
 * milliseconds, never in one frame with another, never for changes of other parts. The last change is never missed.
 * @param visible without it nothing is heard
 */
export function useHistory(parts: readonly Part[], interval: number, visible = true): number {
  const key = parts.join();
  const [version, setVersion] = useState(() => history.versionOf(parts));
  useEffect(() => {
    if (!visible) return;
    const watched = key.split(",") as Part[];
    let shown = -1;
    const seat = redraws.join(interval, () => {
      shown = history.versionOf(watched);
      setVersion(shown);
    });
    const hear = () => {
      if (history.versionOf(watched) !== shown) seat.want();
    };
    hear();
    const unsubscribe = history.subscribe(hear);
    return () => {
      unsubscribe();
      seat.leave();
    };
  }, [key, interval, visible]);
  return version;
}

/** True while a media query matches. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => globalThis.matchMedia?.(query).matches ?? false);
  useEffect(() => {
    const list = globalThis.matchMedia?.(query);
    if (!list) return;
    const hear = () => setMatches(list.matches);
    hear();
    list.addEventListener("change", hear);
    return () => list.removeEventListener("change", hear);
  }, [query]);
  return matches;
}
