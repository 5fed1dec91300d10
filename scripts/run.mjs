// Bundles one TypeScript entry for Node and runs it, so that the command line uses the same modules as the page.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, root } from "./ensure.mjs";

const [entry, ...args] = process.argv.slice(2);
await ensureInstalled();
const { build } = await import("vite");
const outDir = join(
  root,
  "node_modules",
  ".cache",
  "regularization-playground",
  entry.replaceAll("/", "-"),
);
mkdirSync(outDir, { recursive: true });
await build({
  root,
  configFile: false,
  logLevel: "error",
  build: {
    ssr: join(root, entry),
    outDir,
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    target: "node20",
    rollupOptions: {
      output: {
        entryFileNames: "entry.mjs",
        // The WASM backend's loader was written for CommonJS.
        banner:
          'import { createRequire as __createRequire } from "node:module"; import { dirname as __pathDirname } from "node:path"; import { fileURLToPath as __toPath } from "node:url"; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __pathDirname(__filename);',
      },
    },
  },
  ssr: {
    noExternal: [/@tensorflow/, "seedrandom"],
    external: ["webgpu", "@playwright/test", "playwright-core", "vite"],
    resolve: { mainFields: ["module", "main"] },
  },
});
const child = spawn(
  process.execPath,
  ["--enable-source-maps", join(outDir, "entry.mjs"), ...args],
  {
    stdio: "inherit",
    cwd: process.cwd(),
  },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
