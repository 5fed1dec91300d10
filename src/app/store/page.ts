// How the page shows things: theme, the moment under the crosshair or the scrub bar, whether files hover over it. Nothing here touches a run.
import { create } from "zustand";
import type { BackendChoice } from "../../worker/protocol";
import { recall, remember } from "./storage";

export type ThemeChoice = "auto" | "light" | "dark";
/** "watch" gives a run the time that eyes need; "full" goes as fast as the machine can. */
export type Speed = "watch" | "full";

interface Page {
  theme: ThemeChoice;
  /** The theme in force, with "auto" resolved. */
  shade: "light" | "dark";
  backend: BackendChoice;
  speed: Speed;
  /** Epoch that the scrub bar was dragged back to; null: live. */
  scrub: number | null;
  /** Epoch under the pointer on a chart; null: none. */
  hover: number | null;
  /** Files hover over the page. */
  dropping: boolean;
  /** The self-test lies over the page. */
  selfTest: boolean;
  setTheme(theme: ThemeChoice): void;
  setBackend(backend: BackendChoice): void;
  setSpeed(speed: Speed): void;
  setScrub(epoch: number | null): void;
  setHover(epoch: number | null): void;
  setDropping(dropping: boolean): void;
  showSelfTest(open: boolean): void;
}

const darkQuery = "(prefers-color-scheme: dark)";

function resolve(theme: ThemeChoice): "light" | "dark" {
  // In a contrast theme the grounds are the system's, and the colours on them must suit them.
  const forced = globalThis.matchMedia?.("(forced-colors: active)").matches;
  if (theme !== "auto" && !forced) return theme;
  return globalThis.matchMedia?.(darkQuery).matches ? "dark" : "light";
}

function show(shade: "light" | "dark"): void {
  document.documentElement.dataset.theme = shade;
}

function recalled<T extends string>(name: string, allowed: readonly T[], otherwise: T): T {
  const value = recall(name) as T | null;
  return value !== null && allowed.includes(value) ? value : otherwise;
}

/** "?selftest" in the address; experiments live behind the "#", so the two never meet. */
function selfTestAsked(): boolean {
  return new URLSearchParams(globalThis.location?.search).has("selftest");
}

const startTheme = recalled<ThemeChoice>("theme", ["auto", "light", "dark"], "auto");

export const usePage = create<Page>((set, get) => ({
  theme: startTheme,
  shade: resolve(startTheme),
  backend: recalled<BackendChoice>("backend", ["auto", "webgpu", "webgl", "wasm", "cpu"], "auto"),
  speed: recalled<Speed>("speed", ["watch", "full"], "watch"),
  scrub: null,
  hover: null,
  dropping: false,
  selfTest: selfTestAsked(),
  setTheme(theme) {
    remember("theme", theme);
    const shade = resolve(theme);
    show(shade);
    set({ theme, shade });
  },
  setBackend(backend) {
    remember("backend", backend);
    set({ backend });
  },
  setSpeed(speed) {
    remember("speed", speed);
    set({ speed });
  },
  setScrub(scrub) {
    set({ scrub });
  },
  setHover(hover) {
    if (hover !== get().hover) set({ hover });
  },
  setDropping(dropping) {
    if (dropping !== get().dropping) set({ dropping });
  },
  showSelfTest(selfTest) {
    if (selfTest !== selfTestAsked()) {
      const address = new URL(document.location.href);
      address.search = selfTest ? "?selftest" : "";
      window.history.replaceState(null, "", address.href);
    }
    set({ selfTest });
  },
}));

/** Follows the system's theme while the choice is "auto". */
export function followSystemTheme(): void {
  show(usePage.getState().shade);
  globalThis.matchMedia?.(darkQuery).addEventListener("change", () => {
    const { theme, setTheme } = usePage.getState();
    if (theme === "auto") setTheme("auto");
  });
}
