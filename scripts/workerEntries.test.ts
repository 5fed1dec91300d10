// The check that no chunk imports a worker's entry: it lets a good build pass and ends a bad one.
import { basename } from "node:path";
import { build, type Plugin } from "vite";
import { expect, test } from "vitest";
import { aloneEntries, importersInFiles, importersOfEntries } from "./workerEntries.mjs";

/** Builds made-up modules, the first of which is the entry, as the build of a worker does. */
function buildOf(modules: Readonly<Record<string, string>>) {
  const virtual: Plugin = {
    name: "made-up-modules",
    enforce: "pre",
    resolveId: (id) => (basename(id) in modules ? basename(id) : null),
    load: (id) => modules[id] ?? null,
  };
  return build({
    configFile: false,
    logLevel: "silent",
    plugins: [virtual, aloneEntries()],
    // A library's build, for it adds no code of its own for pages, just as a worker's.
    build: {
      write: false,
      lib: { entry: "entry.js", formats: ["es"] },
      rollupOptions: { preserveEntrySignatures: "allow-extension" },
    },
  });
}

const late = `import { shared } from "./shared.js"; console.log(shared);`;

test("an entry that also holds what its chunks need ends the build", async () => {
  const bad = {
    "entry.js": `import { shared } from "./shared.js"; self.onmessage = () => import("./late.js"); console.log(shared);`,
    "shared.js": `export const shared = { of: "both" };`,
    "late.js": late,
  };
  await expect(buildOf(bad)).rejects.toThrow(/WebKit would run a worker's entry twice: .*late/);
});

test("an entry that only loads the real module passes", async () => {
  const good = {
    "entry.js": `import("./real.js");`,
    "real.js": `import { shared } from "./shared.js"; self.onmessage = () => import("./late.js"); console.log(shared);`,
    "shared.js": `export const shared = { of: "both" };`,
    "late.js": late,
  };
  await expect(buildOf(good)).resolves.toBeDefined();
});

test("both ways of importing count, from any chunk", () => {
  const entry = { fileName: "e.js", isEntry: true, imports: [], dynamicImports: ["a.js"] };
  const a = { fileName: "a.js", isEntry: false, imports: ["e.js"], dynamicImports: [] };
  const b = { fileName: "b.js", isEntry: false, imports: ["a.js"], dynamicImports: ["e.js"] };
  expect(importersOfEntries([entry])).toEqual([]);
  expect(importersOfEntries([entry, a, b])).toEqual([
    "a.js imports the entry e.js",
    "b.js imports the entry e.js",
  ]);
});

test.each([
  `import{a as b}from"./engine.worker-Ab1.js";`,
  `import"./engine.worker-Ab1.js"`,
  `export*from"./engine.worker-Ab1.js"`,
  "x=()=>import(`./engine.worker-Ab1.js`)",
  `import('../assets/engine.worker-Ab1.js')`,
])("in emitted files: %s", (code) => {
  expect(importersInFiles({ "late-1.js": code })).toHaveLength(1);
});

test("starting a worker is no import of it", () => {
  const code = `new Worker(new URL("./engine.worker-Ab1.js",import.meta.url));import"./other-1.js"`;
  expect(importersInFiles({ "index-1.js": code })).toEqual([]);
});
