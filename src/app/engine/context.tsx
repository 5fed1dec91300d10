// Hands the one engine to the components, so that tests can hand them another.
import { createContext, type RefObject, use, useEffect } from "react";
import type { Panel } from "../../worker/protocol";
import { useHistory, useVisible } from "../ui/hooks";
import type { Engine } from "./engine";

export const EngineContext = createContext<Engine | null>(null);

export function useEngine(): Engine {
  const engine = use(EngineContext);
  if (!engine) throw new Error("The page has no engine.");
  return engine;
}

/**
 * Asks the worker for what a panel shows, as long as it is within the window.
 * @param interval least time between two redraws, in milliseconds. @returns the version of what it shows
 */
export function useWatched(
  panel: Panel,
  box: RefObject<HTMLElement | null>,
  interval: number,
): number {
  const engine = useEngine();
  const visible = useVisible(box);
  useEffect(() => (visible ? engine.show(panel) : undefined), [engine, panel, visible]);
  return useHistory([panel], interval, visible);
}
