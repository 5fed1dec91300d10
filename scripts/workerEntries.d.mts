import type { Plugin } from "vite";

/** What the check reads of an emitted chunk. */
export interface Chunk {
  readonly fileName: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
}
/** Chunks that import an entry, in words; empty when all is well. */
export function importersOfEntries(chunks: readonly Chunk[]): string[];
/** Fails the build of a worker in which a chunk imports the entry. */
export function aloneEntries(): Plugin;
/** The same check on the emitted files: lines that import a worker's entry. */
export function importersInFiles(files: Readonly<Record<string, string>>): string[];
