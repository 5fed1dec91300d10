// Correct files of each format give exactly what was put into them, whatever the pieces they come in.
import fc from "fast-check";
import { expect, test } from "vitest";
import { concatenate, gzip, watchedFile } from "../testing";
import { readCifarBatch } from "./cifar";
import { readCifarArchive } from "./cifarArchive";
import { Crc32 } from "./crc32";
import { readPng } from "./png";
import { readOneHot, readSprites } from "./sprites";
import {
  cifarArchive,
  cifarRecords,
  oneHot,
  pngChunk,
  pngFile,
  tarEntry,
  tarFile,
} from "./testing";

const tiny = { height: 2, width: 3, channels: 3, classes: 4 };

test("CIFAR-10 records: labels, and planes woven into pixels", async () => {
  const records = cifarRecords([3, 0, 9]);
  records.set([11, 12], 1);
  records.set([21, 22], 1 + 1024);
  records.set([31, 32], 1 + 2048);
  for (const [bytes, chunk] of [
    [records, 1000],
    [gzip(records), 77],
  ] as const) {
    const pool = await readCifarBatch(watchedFile("data_batch_1.bin", bytes, chunk));
    expect(pool.count).toBe(3);
    expect([...pool.labels]).toEqual([3, 0, 9]);
    expect([...pool.pictures.subarray(0, 6)]).toEqual([11, 21, 31, 12, 22, 32]);
    expect([...pool.pictures.subarray(2 * 3072, 2 * 3072 + 3)]).toEqual([2, 0, 7]);
    expect(pool.pictures).toHaveLength(3 * 3072);
  }
});

test("more records than expected at first: memory grows, nothing is lost", async () => {
  const labels = Array.from({ length: 2300 }, (_, i) => i % 10);
  const { stream, name } = watchedFile("unknown-length.bin", gzip(cifarRecords(labels)));
  const pool = await readCifarBatch({ name, stream });
  expect([...pool.labels]).toEqual(labels);
  const numbers = labels.map(
    (_, i) => (pool.pictures[i * 3072] as number) + 256 * (pool.pictures[i * 3072 + 1] as number),
  );
  expect(numbers).toEqual(labels.map((_, i) => i));
});

test("the official archive: batches in order of their numbers, other files passed over", async () => {
  const archive = cifarArchive([[1, 2], [3], [4, 5, 6]], [7, 8]);
  for (const bytes of [archive, gzip(archive)]) {
    const { train, test: held } = await readCifarArchive(watchedFile("cifar.tar.gz", bytes, 700));
    expect([...train.labels]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...held.labels]).toEqual([7, 8]);
    expect(train.pictures[5 * 3072]).toBe(5);
    expect(held.pictures[3072]).toBe(1001 & 255);
  }
  const backwards = tarFile(
    tarEntry("test_batch.bin", cifarRecords([9])),
    tarEntry("data_batch_2.bin", cifarRecords([2])),
    tarEntry("data_batch_1.bin", cifarRecords([1])),
  );
  const { train } = await readCifarArchive(watchedFile("cifar.tar", backwards));
  expect([...train.labels]).toEqual([1, 2]);
});

test("PNG: every filter, every colour type, pixels in any number of chunks", async () => {
  const size = fc.record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 11 }),
  });
  const made = size.chain(({ width, height }) =>
    fc.constantFrom(1, 2, 3, 4).chain((values) => {
      const length = width * height * values;
      const pixels = fc.uint8Array({ minLength: length, maxLength: length });
      return fc.record({
        pixels,
        width: fc.constant(width),
        height: fc.constant(height),
        values: fc.constant(values),
        split: fc.integer({ min: 1, max: 40 }),
        chunk: fc.integer({ min: 1, max: 200 }),
      });
    }),
  );
  await fc.assert(
    fc.asyncProperty(made, async ({ pixels, width, height, values, split, chunk }) => {
      const alpha = values === 2 || values === 4;
      if (alpha) for (let i = values - 1; i < pixels.length; i += values) pixels[i] = 255;
      const file = pngFile(pixels, width, values, { split });
      for (const channels of values >= 3 ? [1, 3] : [1]) {
        const read = await readPng(watchedFile("made.png", file, chunk), {
          width,
          height,
          channels,
        });
        const expected = Array.from({ length: width * height * channels }, (_, i) => {
          return pixels[Math.floor(i / channels) * values + (i % channels)];
        });
        expect([...read]).toEqual(expected);
      }
    }),
    { numRuns: 80 },
  );
});

test("PNG: a palette, and chunks that nobody needs", async () => {
  const palette = pngChunk("PLTE", Uint8Array.of(1, 2, 3, 4, 5, 6));
  const text = pngChunk("tEXt", new TextEncoder().encode("Comment\0hello"));
  const file = pngFile(Uint8Array.of(1, 0, 0, 1), 2, 1, { type: 3, before: [text, palette] });
  const read = await readPng(watchedFile("made.png", file), { width: 2, height: 2, channels: 3 });
  expect([...read]).toEqual([4, 5, 6, 1, 2, 3, 1, 2, 3, 4, 5, 6]);
});

test("a sprite: one row per picture, one-hot labels", async () => {
  const pixels = Uint8Array.from({ length: 3 * 18 }, (_, i) => (i * 37) % 256);
  const file = pngFile(pixels, 6, 3);
  const labels = watchedFile("made_labels_uint8", oneHot([2, 0, 3], 4), 7);
  const pool = await readSprites(watchedFile("made_images.png", file, 50), labels, tiny);
  expect(pool.count).toBe(3);
  expect([...pool.labels]).toEqual([2, 0, 3]);
  expect(pool.pictures).toEqual(pixels);
});

test("more labels than are read at a time", async () => {
  const labels = Array.from({ length: 2503 }, (_, i) => (i * 7) % 10);
  const read = await readOneHot(watchedFile("labels", gzip(oneHot(labels))), 10);
  expect([...read]).toEqual(labels);
});

test("the check sum of the standard's example", () => {
  const crc = new Crc32();
  crc.add(new TextEncoder().encode("1234"));
  crc.add(concatenate(new TextEncoder().encode("56789")));
  expect(crc.value).toBe(0xcbf43926);
});
