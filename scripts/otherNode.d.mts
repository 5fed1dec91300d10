/** The newest release with long-term support, by its first number. */
export const newestLts: number;
/** Folders of tests whose code uses what Node itself brings. */
export const dependsOnNode: readonly string[];
/** The path of that Node's program, or why there is none. */
export function findNewestLts(surroundings?: {
  readonly running?: string;
  readonly platform?: string;
  readonly fetch?: () => string | null;
}): { readonly path: string; readonly why: null } | { readonly path: null; readonly why: string };
