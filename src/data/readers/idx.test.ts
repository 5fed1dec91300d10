// The reader must take sound idx files in any form and refuse everything else early, naming the byte.
import fc from "fast-check";
import { expect, test } from "vitest";
import { DataFileError } from "../errors";
import { RandomSequence } from "../random";
import { concatenate, gzip, idxFile, watchedFile } from "../testing";
import { type IdxExpectation, readIdx } from "./idx";

const labels: IdxExpectation = { itemShape: [], maximumCount: 60_000, items: "labels" };
const pictures: IdxExpectation = { itemShape: [3, 2], maximumCount: 10, items: "pictures" };

function read(bytes: Uint8Array, expectation = labels, chunk?: number) {
  return readIdx(watchedFile("made.idx", bytes, chunk), expectation);
}

/** The error that reading gives. */
async function failure(bytes: Uint8Array, expectation = labels): Promise<DataFileError> {
  const error = await read(bytes, expectation).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataFileError);
  return error as DataFileError;
}

test("reads values, plain and gzip, in chunks of any size", async () => {
  const values = fc.uint8Array({ minLength: 1, maxLength: 300 });
  const chunks = fc.integer({ min: 1, max: 400 });
  await fc.assert(
    fc.asyncProperty(values, fc.boolean(), chunks, async (bytes, packed, chunk) => {
      const file = idxFile([bytes.length], bytes);
      const content = await read(packed ? gzip(file) : file, labels, chunk);
      expect(content.values).toEqual(bytes);
      expect(content.count).toBe(bytes.length);
      expect(content.packed).toBe(packed);
      expect(content.headerSize).toBe(8);
    }),
    { numRuns: 60 },
  );
});

test("reads pictures and reports progress in bytes of the file", async () => {
  const values = Uint8Array.from({ length: 24 }, (_, i) => i);
  const file = idxFile([4, 3, 2], values);
  const seen: unknown[] = [];
  const content = await readIdx(watchedFile("made.idx", file, 25), pictures, (...step) =>
    seen.push(step),
  );
  expect(content.count).toBe(4);
  expect(content.values).toEqual(values);
  expect(seen).toEqual([
    ["made.idx", 25, 40],
    ["made.idx", 40, 40],
  ]);
});

test.each([
  ["a wrong first byte", [1, 0, 8, 1], 0],
  ["a wrong data type", [0, 0, 0x0d, 1], 2],
  ["pictures in place of labels", [0, 0, 8, 3], 3],
])("refuses %s", async (_, magic, offset) => {
  const file = concatenate(Uint8Array.from(magic), new Uint8Array(20));
  const error = await failure(file);
  expect(error.offset).toBe(offset);
  expect(error.message).toContain(`made.idx, byte ${offset}: expected 00 00 08 01`);
});

test.each([
  [[4, 28, 2], 8, "a side of 3", "28"],
  [[4, 3, 28], 12, "a side of 2", "28"],
  [[0, 3, 2], 4, "1 to 10 pictures", "0"],
  [[11, 3, 2], 4, "1 to 10 pictures", "11"],
] as const)("refuses sizes %j", async (sizes, offset, expected, found) => {
  const error = await failure(idxFile(sizes, new Uint8Array(24)), pictures);
  expect(error.offset).toBe(offset);
  expect(error.expected).toContain(expected);
  expect(error.found).toBe(found);
});

test.each([0, 3, 7, 8, 12])("refuses a plain file cut after %d bytes", async (length) => {
  const error = await failure(idxFile([5], new Uint8Array(5)).slice(0, length));
  expect(error.offset).toBe(length);
  expect(error.found).toContain(`end of the file after ${length} bytes`);
});

test("refuses gzip that is cut off anywhere", async () => {
  const packed = gzip(
    idxFile(
      [900],
      new Uint8Array(900).map((_, i) => (i * i) % 251),
    ),
  );
  for (let length = 2; length < packed.length; length += 7) {
    const error = await failure(packed.slice(0, length));
    expect(error.message).toContain("of the unpacked content");
  }
});

test("refuses gzip with a wrong check sum", async () => {
  const packed = gzip(idxFile([50], new Uint8Array(50)));
  const at = packed.length - 6;
  packed[at] = (packed[at] as number) ^ 1;
  expect((await failure(packed)).found).toContain("damaged");
});

test.each([false, true])("refuses bytes after the last value (gzip: %s)", async (packed) => {
  const file = concatenate(idxFile([5], new Uint8Array(5)), Uint8Array.of(7));
  const error = await failure(packed ? gzip(file) : file);
  expect(error.offset).toBe(13);
  expect(error.expected).toBe("the end of the file after 5 labels");
});

test("refuses a header that claims 2 GB before reading on", async () => {
  const file = watchedFile("made.idx", idxFile([2 ** 31], new Uint8Array(5000)), 16);
  await expect(readIdx(file, labels)).rejects.toThrow(
    "made.idx, byte 4: expected 1 to 60000 labels, found 2147483648.",
  );
  expect(file.watch.reads).toBe(1);
  expect(file.watch.cancelled).toBe(true);
});

test("stops a gzip bomb at the first byte too many", async () => {
  const swollen = new Uint8Array(60_000_000);
  swollen.set(idxFile([1000], new Uint8Array(0)));
  // What cannot be packed, so that there is more of the file than an unpacker holds in reserve.
  const sequence = new RandomSequence(5, 1);
  const noise = Uint8Array.from({ length: 400_000 }, () => 256 * sequence.uniform());
  swollen.set(noise, swollen.length - noise.length);
  const bomb = gzip(swollen);
  const file = watchedFile("bomb.gz", bomb, 1024);
  await expect(readIdx(file, labels)).rejects.toThrow(/byte 1008 of the unpacked content/);
  // Of more than 400 kB in the file only the unpacker's own reserve is drawn: 16 kB in Node 20, 64 kB from 22 on.
  expect(bomb.length).toBeGreaterThan(400_000);
  expect(file.watch.reads).toBeLessThan(70);
  expect(file.watch.cancelled).toBe(true);
});

test("a stream that breaks says where", async () => {
  const start = idxFile([100], new Uint8Array(10));
  let given = false;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (given) controller.error(new Error("the disk is gone"));
      else controller.enqueue(start);
      given = true;
    },
  });
  await expect(readIdx({ name: "made.idx", stream }, labels)).rejects.toThrow(
    "made.idx, byte 18: expected more bytes, found an end of reading: the disk is gone.",
  );
});
