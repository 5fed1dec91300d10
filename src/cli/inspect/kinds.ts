// What `inspect` asks of each kind of input; every kind is a file of its own beside this one.

/** What was understood, as --json prints it. */
export interface Found {
  readonly kind: string;
  readonly remarks: readonly string[];
}

/** A file named after its kind ("table.ts", "pictures.ts", "link.ts") exports one of these as `inspector`. */
export interface Inspector<T extends Found = Found> {
  /**
   * @param argument a path that exists; for links the argument itself
   * @throws an error whose message says what could not be read and what was expected
   */
  inspect(argument: string): T | Promise<T>;
  /** Why nothing of what was found can be used, although it could be described; null where some can. */
  unreadable?(found: T): string | null;
  /** The same for people. */
  print(found: T, argument: string): string;
}

/** Remarks as a list below what was understood; nothing where there are none. */
export function printRemarks(remarks: readonly string[]): string {
  return remarks.map((remark) => `\n  - ${remark}`).join("");
}
