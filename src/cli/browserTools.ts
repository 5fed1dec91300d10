// What commands need to drive a headless browser: the project's folder and its own browser script.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "./errors";

export interface BrowserTools {
  ensureBrowser(): Promise<string>;
  readonly quietArguments: string[];
  readonly softwareArguments: { readonly webgpu: string[]; readonly webgl: string[] };
}

/** The folder of vite.config.ts, above the bundled command. @throws InputError outside a checkout. */
export function projectRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "vite.config.ts"))) {
    const parent = dirname(folder);
    if (parent === folder) {
      throw new InputError("The project's folder was not found; run this from a checkout.");
    }
    folder = parent;
  }
  return folder;
}

/** The functions of scripts/browser.mjs, which stays outside the bundle. */
export async function browserTools(root: string): Promise<BrowserTools> {
  return (await import(/* @vite-ignore */ join(root, "scripts", "browser.mjs"))) as BrowserTools;
}
