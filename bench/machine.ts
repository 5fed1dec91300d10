// On what the figures were measured.
import { cpus, loadavg } from "node:os";
import type { Machine } from "./results";

/** Call it before measuring: the load is that of others then. @param browser name and version. */
export function describeMachine(browser: string): Machine {
  const cores = cpus();
  return {
    processor: cores[0]?.model.trim() ?? "unknown processor",
    cores: cores.length,
    browser,
    date: new Date().toISOString().slice(0, 10),
    loadBefore: loadavg()[0] ?? 0,
  };
}
