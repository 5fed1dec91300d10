/** How an engine is started: by BiDi, by WebKitGTK's WebDriver, or as Playwright's own build; or why it is missing. */
export type Found =
  | { readonly by: "bidi"; readonly path: string }
  | {
      readonly by: "webdriver";
      readonly driver: string;
      readonly display: string;
      readonly browser: string;
    }
  | { readonly by: "playwright" }
  | { readonly missing: string };

export type EngineName = "firefox" | "webkit";

/** How an engine that is already there is started, or why it is missing. */
export function findEngine(name: EngineName): Promise<Found>;
/** How every engine beside Chromium is started, each tried and installed if need be. */
export function ensureEngines(): Promise<Record<EngineName, Found>>;
