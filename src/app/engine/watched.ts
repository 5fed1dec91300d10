// What a panel needs of the run while it is in view: apart from the engine's context, since the shell shows no panel.
import { type RefObject, useEffect } from "react";
import type { PanelName } from "../../worker/protocol";
import { useHistory, useVisible } from "../ui/hooks";
import { useEngine } from "./context";

/**
 * Asks the worker for what a panel shows, as long as it is within the window.
 * @param interval least time between two redraws, in milliseconds. @returns the version of what it shows
 */
export function useWatched(
  panel: PanelName,
  box: RefObject<HTMLElement | null>,
  interval: number,
): number {
  const engine = useEngine();
  const visible = useVisible(box);
  useEffect(() => (visible ? engine.show(panel) : undefined), [engine, panel, visible]);
  return useHistory([panel], interval, visible);
}
