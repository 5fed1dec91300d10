// Builds the contenders' pages as a product would be built, and serves them. They never come near the product's own bundle.
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";

export interface Site {
  /** Ends in "/". */
  readonly address: string;
  close(): Promise<void>;
}

/** @param root the project's folder. */
export async function openSite(root: string): Promise<Site> {
  const { build, preview } = await import("vite");
  const pages = join(root, "bench", "pages");
  const outDir = join(root, "node_modules", ".cache", "regularization-playground", "bench-pages");
  const input = readdirSync(pages)
    .filter((name) => name.endsWith(".html"))
    .map((name) => join(pages, name));
  await build({
    root: pages,
    configFile: false,
    base: "./",
    logLevel: "error",
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2022",
      chunkSizeWarningLimit: 4096,
      rollupOptions: { input },
    },
  });
  const binaries = join(root, "node_modules", "@tensorflow", "tfjs-backend-wasm", "dist");
  for (const name of readdirSync(binaries).filter((file) => file.endsWith(".wasm"))) {
    cpSync(join(binaries, name), join(outDir, "wasm", name));
  }
  const server = await preview({
    root: pages,
    configFile: false,
    logLevel: "error",
    build: { outDir },
    preview: { port: 0, host: "localhost" },
  });
  return { address: server.resolvedUrls?.local[0] ?? "", close: () => server.close() };
}
