// How the page is built and served: relative addresses (any static host), WASM binaries copied beside it, test settings.
import { cpSync, createReadStream, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { type Connect, defineConfig, type Plugin } from "vite";
import { aloneEntries } from "./scripts/workerEntries.mjs";

const wasmSource = "node_modules/@tensorflow/tfjs-backend-wasm/dist";
const wasmFiles = [
  "tfjs-backend-wasm.wasm",
  "tfjs-backend-wasm-simd.wasm",
  "tfjs-backend-wasm-threaded-simd.wasm",
];

/** Serves the WASM binaries under wasm/ in development and copies them there in a build. */
function wasmBinaries(): Plugin {
  return {
    name: "wasm-binaries",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = wasmFiles.find((file) =>
          request.url?.split("?")[0]?.endsWith(`/wasm/${file}`),
        );
        if (!name) return next();
        response.setHeader("Content-Type", "application/wasm");
        createReadStream(join(wasmSource, name)).pipe(response);
      });
    },
    writeBundle(options) {
      const target = join(options.dir ?? "dist", "wasm");
      mkdirSync(target, { recursive: true });
      for (const file of wasmFiles) {
        if (existsSync(join(wasmSource, file))) cpSync(join(wasmSource, file), join(target, file));
      }
    },
  };
}

/**
 * The threaded WASM build hands the text of a function to its workers; minified, that text would name a variable outside of it.
 */
function threadedWasm(): Plugin {
  return {
    name: "threaded-wasm",
    transform(code, id) {
      if (!id.includes("tfjs-backend-wasm-threaded-simd.js")) return null;
      return code
        .replaceAll('typeof _scriptDir !== "undefined" && _scriptDir', "globalThis._scriptDir")
        .replaceAll("scriptDirectory=_scriptDir", "scriptDirectory=globalThis._scriptDir")
        .replaceAll("||_scriptDir,", "||globalThis._scriptDir,");
    },
  };
}

/**
 * Puts every stylesheet of the page into a cascade layer (their order: index.html), so that what wins never depends on which
 * lazily loaded style came last: parts win over shared parts, the layout over both.
 */
function cascadeLayers(): Plugin {
  return {
    name: "cascade-layers",
    enforce: "pre",
    transform(code, id) {
      const sheet = id.match(/\/src\/app\/(.+)\.css$/)?.[1];
      if (!sheet) return null;
      const layer = sheet.startsWith("styles/")
        ? "base"
        : sheet.startsWith("ui/")
          ? "shared"
          : sheet === "app.module"
            ? "layout"
            : "parts";
      return `@layer ${layer} {${code}}`;
    },
  };
}

/** Forwards a link whose "#" was escaped on its way, as public/404.html does it on hosts without this server. */
function escapedLinks(): Plugin {
  const forward: Connect.NextHandleFunction = ({ url = "" }, response, next) => {
    const parts = /^([^?]*?\/)(?:%(?:25)*(?:23|3F))+(.*)$/i.exec(url);
    if (!parts) return next();
    response.writeHead(302, { Location: `${parts[1]}#${parts[2]}` }).end();
  };
  return {
    name: "escaped-links",
    configureServer: ({ middlewares }) => void middlewares.use(forward),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(forward),
  };
}

/** What the page needs before it stands is one file: shared parts in files of their own compress worse and cost requests. */
function shellChunk() {
  type Graph = { getModuleInfo(id: string): { importedIds: readonly string[] } | null };
  const shell = new Set<string>();
  const reach = (id: string, graph: Graph) => {
    if (shell.has(id)) return;
    shell.add(id);
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) reach(imported, graph);
  };
  const name = (id: string, graph: Graph) => {
    if (shell.size === 0) reach(join(import.meta.dirname, "src/app/main.tsx"), graph);
    return shell.has(id) ? "shell" : null;
  };
  return { groups: [{ name }] };
}

/**
 * Isolates the page, which gives it shared memory and so WASM threads. Hosts without these headers work too, with one thread.
 * Every answer carries them: Vite's own option leaves them out of "304 Not Modified", after which WebKit refuses the worker.
 */
function isolation(): Plugin {
  const isolate: Connect.NextHandleFunction = (_, response, next) => {
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    next();
  };
  return {
    name: "isolation",
    configureServer: ({ middlewares }) => void middlewares.use(isolate),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(isolate),
  };
}

export default defineConfig({
  base: "./",
  plugins: [
    isolation(),
    react({ jsxImportSource: "#jsx" }),
    wasmBinaries(),
    cascadeLayers(),
    escapedLinks(),
  ],
  worker: { format: "es", plugins: () => [threadedWasm(), aloneEntries()] },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 1024,
    // Browsers that have popovers preload modules by themselves.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: shellChunk() } },
  },
  optimizeDeps: {
    include: [
      "@tensorflow/tfjs-core",
      "@tensorflow/tfjs-core/dist/register_all_gradients",
      "@tensorflow/tfjs-backend-cpu",
      "@tensorflow/tfjs-backend-wasm",
      "@tensorflow/tfjs-backend-webgl",
      "@tensorflow/tfjs-backend-webgpu",
      "@tensorflow/tfjs-backend-webgpu/dist/webgpu_program",
      "recharts",
    ],
  },
});
