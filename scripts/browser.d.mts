/** Path of a browser that is already there, or null. */
export function findBrowser(): Promise<string | null>;
/** Path of a browser, installing one if need be. */
export function ensureBrowser(): Promise<string>;
