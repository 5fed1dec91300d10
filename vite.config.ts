// How the page is built and served: relative addresses (any static host), WASM binaries copied beside it, test settings.
import { cpSync, createReadStream, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

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

export default defineConfig({
  base: "./",
  plugins: [react(), wasmBinaries()],
  worker: { format: "es" },
  build: { target: "es2022", chunkSizeWarningLimit: 1024 },
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
