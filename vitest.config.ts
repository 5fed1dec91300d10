// How unit tests run: Node by default; TensorFlow.js is bundled in so that all of it shares one core.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.{ts,tsx}", "bench/**/*.test.ts", "scripts/**/*.test.ts"],
    server: { deps: { inline: [/@tensorflow/] } },
    testTimeout: 90_000,
  },
});
