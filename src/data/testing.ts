// Small made files and settings for the tests of this folder; nothing else imports it.
import { gzipSync } from "node:zlib";
import type { Experiment } from "../experiment/schema";
import { defaultExperiment } from "../experiment/schema";
import type { FileSource, OpenedFile } from "./types";

type DataSettings = Experiment["data"];

/** Default data settings with some replaced. */
export function settings(changes: Partial<DataSettings>): DataSettings {
  return { ...defaultExperiment.data, ...changes };
}

/** An idx file of unsigned bytes whose header says what it is told to. */
export function idxFile(sizes: readonly number[], values: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  header.setUint32(0, 0x0800 + sizes.length);
  sizes.forEach((size, index) => {
    header.setUint32(4 + 4 * index, size);
  });
  return concatenate(new Uint8Array(header.buffer), values);
}

export function concatenate(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}

export function gzip(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytes));
}

/** A file that counts how often it was asked for bytes and whether it was let go of. */
export interface WatchedFile extends OpenedFile {
  readonly watch: { reads: number; cancelled: boolean };
}

/** Bytes as a file that hands out `chunk` bytes at a time, only when asked. */
export function watchedFile(name: string, bytes: Uint8Array, chunk = 1 << 16): WatchedFile {
  const watch = { reads: 0, cancelled: false };
  let at = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        watch.reads++;
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + chunk));
        at += chunk;
      },
      cancel() {
        watch.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { name, stream, size: bytes.length, watch };
}

/** A source of files in memory; tries the name with ".gz" first. Remembers what it opened. */
export function memorySource(
  files: Readonly<Record<string, Uint8Array>>,
): FileSource & { readonly opened: WatchedFile[] } {
  const opened: WatchedFile[] = [];
  return {
    description: "the memory of the test",
    opened,
    list: () => Promise.resolve(Object.keys(files)),
    open(name) {
      const found = [`${name}.gz`, name].find((candidate) => files[candidate]);
      if (!found) return Promise.resolve(null);
      const file = watchedFile(found, files[found] as Uint8Array);
      opened.push(file);
      return Promise.resolve(file);
    },
  };
}

export function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

/** How many of each class. */
export function histogram(labels: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of Array.from(labels)) counts[label] = (counts[label] as number) + 1;
  return counts;
}
