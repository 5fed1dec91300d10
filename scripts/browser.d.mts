/** A browser that opens what it is told to and asks nobody for anything else. */
export const quietArguments: string[];
/** Graphics cards played by the processor, for machines without one. */
export const softwareArguments: { readonly webgpu: string[]; readonly webgl: string[] };
/** Path of a browser that is already there, or null. */
export function findBrowser(): Promise<string | null>;
/** Path of a browser, installing one if need be. */
export function ensureBrowser(): Promise<string>;
