// What damaged files are made with, and what every one of them must meet: a refusal with a message of its own.
import { describe, expect, test } from "vitest";
import { DataFileError, DataLineError } from "../errors";
import { watchedFile } from "../testing";
import type { OpenedFile } from "../types";

export type Case = readonly [what: string, bytes: () => Uint8Array, message: RegExp];

export const text = (content: string) => new TextEncoder().encode(content);
export const zeros = (length: number) => new Uint8Array(length);
export const cut = (bytes: Uint8Array, length: number) => bytes.slice(0, length);

export function changed(bytes: Uint8Array, at: number, value?: number): Uint8Array {
  const copy = bytes.slice();
  const place = at < 0 ? copy.length + at : at;
  copy[place] = value ?? (copy[place] as number) ^ 0x55;
  return copy;
}

/** Bytes that hardly pack. */
export const noise = Uint8Array.from(
  { length: 5000 },
  (_, i) => (i * i * 31 + (i >> 3) * 17) & 255,
);

/** Most calls for bytes before a bomb is refused, at 1024 bytes each; 184 MB of zeros are 180 kB packed. */
const mostReads = 400;

/**
 * Every file of the list is refused in words of its own that name file and place, and no more of it is read than
 * that takes.
 */
export function refusesAll(
  name: string,
  cases: readonly Case[],
  read: (file: OpenedFile) => Promise<unknown>,
): void {
  const messages = new Map<string, string>();
  describe(`${name} is refused`, () => {
    test.each(cases)("that %s", async (what, bytes, message) => {
      const content = bytes();
      const file = watchedFile(name, content, 1024);
      const error: unknown = await read(file).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error instanceof DataFileError || error instanceof DataLineError, `${error}`).toBe(
        true,
      );
      const said = (error as Error).message;
      expect(said).toMatch(message);
      expect(said.startsWith(`${name}, `)).toBe(true);
      expect(said).toMatch(/(byte|line) \d+.*: expected .+, found .+\.$/);
      expect(messages.get(said) ?? what).toBe(what);
      messages.set(said, what);
      if (what.includes("bomb")) expect(file.watch.reads).toBeLessThan(mostReads);
      if (what.includes("claims")) expect(file.watch.reads).toBeLessThan(20);
      expect(file.watch.cancelled || file.watch.reads * 1024 > content.length).toBe(true);
    });
  });
}
