// How unit tests run: Node by default; TensorFlow.js is bundled in so that all of it shares one core.
import { defineConfig } from "vitest/config";

/** From Node 25 on, Node has a localStorage of its own, which stands in the way of the one that pages are tested with. */
const ownStorage = "--no-experimental-webstorage";
const execArgv = process.allowedNodeEnvironmentFlags.has(ownStorage) ? [ownStorage] : [];

export default defineConfig({
  test: {
    execArgv,
    include: ["src/**/*.test.{ts,tsx}", "bench/**/*.test.ts", "scripts/**/*.test.ts"],
    server: { deps: { inline: [/@tensorflow/] } },
    testTimeout: 90_000,
  },
});
