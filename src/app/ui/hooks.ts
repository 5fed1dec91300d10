// Hooks for sizes, visibility and the run's record: each component hears of changes no more often than it can draw.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { history } from "../store/run";

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
 * Version of the run's record, heard of at most every `interval` milliseconds; the last change is never missed.
 * @param offset delay of the first call, so that neighbours don't redraw in the same frame
 */
export function useHistory(interval: number, offset = 0): number {
  const [version, setVersion] = useState(history.version);
  const last = useRef(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const publish = () => {
      timer = undefined;
      last.current = performance.now();
      setVersion(history.version);
    };
    const hear = () => {
      if (timer !== undefined) return;
      const wait = Math.max(0, last.current + interval - performance.now());
      timer = setTimeout(publish, wait > 0 ? wait : offset);
    };
    hear();
    const unsubscribe = history.subscribe(hear);
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [interval, offset]);
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
