// `npm start`: installs, builds and serves the playground, and prints its address.
import { ensureInstalled, root } from "./ensure.mjs";

await ensureInstalled();
const { build, preview } = await import("vite");
console.log("Building …");
await build({ root, logLevel: "warn" });
const port = Number(process.env.PORT ?? 4173);
const server = await preview({ root, preview: { port, host: process.env.HOST ?? "localhost" } });
const address = server.resolvedUrls?.local[0] ?? `http://localhost:${port}/`;
console.log(`\nRegularization Playground: ${address}\nStop it with Ctrl-C.`);
