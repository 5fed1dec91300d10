// No chunk may import a worker's entry: WebKit runs the entry a second time then, and the copy, without a run, takes the messages.

/** Chunks that import an entry, in words; empty when all is well. */
export function importersOfEntries(chunks) {
  const entries = new Set(chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName));
  return chunks.flatMap(({ fileName, imports, dynamicImports }) =>
    [...imports, ...dynamicImports]
      .filter((name) => entries.has(name))
      .map((name) => `${fileName} imports the entry ${name}`),
  );
}

/** Fails the build of a worker in which a chunk imports the entry. */
export function aloneEntries() {
  return {
    name: "alone-entries",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((part) => part.type === "chunk");
      const found = importersOfEntries(chunks);
      if (found.length === 0) return;
      this.error(
        `WebKit would run a worker's entry twice: ${found.join("; ")}. The entry must do no more than import() the real module; move what others need out of it.`,
      );
    },
  };
}

/** Imports, re-exports and import() of a file beside it. */
const importing = /(?:\bfrom|\bimport)\s*\(?\s*["'`](?:\.\/|(?:\.\.\/)*assets\/)([^"'`]+)["'`]/g;

/** The same check on the emitted files, by name and content: whoever made them, no import may name a worker's entry. */
export function importersInFiles(files) {
  const isEntry = (name) => /\.worker-[^/]*\.js$/.test(name);
  return Object.entries(files).flatMap(([name, code]) =>
    [...code.matchAll(importing)]
      .filter((match) => isEntry(match[1]))
      .map((match) => `${name} imports the entry ${match[1]}`),
  );
}
