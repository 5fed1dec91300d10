// Hands the one engine to the components, so that tests can hand them another.
import { createContext, use } from "react";
import type { Engine } from "./engine";

export const EngineContext = createContext<Engine | null>(null);

export function useEngine(): Engine {
  const engine = use(EngineContext);
  if (!engine) throw new Error("The page has no engine.");
  return engine;
}
