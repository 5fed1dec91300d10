// `npm run memory`: minutes of training and 200 changes of architecture, in which memory must stay flat. Builds the page first.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { ensureInstalled, root } from "./ensure.mjs";

await ensureInstalled();
const windows = process.platform === "win32";
const run = (name, args, environment = {}) => {
  const command = join(root, "node_modules", ".bin", windows ? `${name}.cmd` : name);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: windows,
    env: { ...process.env, ...environment },
  });
  if (status !== 0) process.exit(status ?? 1);
};
const CHROMIUM_PATH = await ensureBrowser();
run("vite", ["build", "--logLevel=warn"]);
run("playwright", ["test", "memory", "--project=wasm", "--workers=1"], {
  CHROMIUM_PATH,
  MEMORY_THOROUGH: "1",
});
