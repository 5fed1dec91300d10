// The public address, played by a server on this machine: whole downloads, breaks, ranges, other files in between, blocked networks.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { DataUnreachableError } from "../errors";
import { readPictureSet } from "../pictures/read";
import { oneHot, pngFile } from "../readers/testing";
import { concatenate } from "../testing";
import { type Manifest, type PieceStore, storedPieceSize } from "./pieceStore";
import { filesFromPublicAddress } from "./published";
import { filesFromStore } from "./stored";

type Bytes = Uint8Array<ArrayBuffer>;

/** Two and a half pieces that do not repeat. */
const content = Uint8Array.from(
  { length: 2.5 * storedPieceSize },
  (_, i) => (i * i * 7 + (i >> 9)) & 255,
);
const file = "mnist_images.png";

interface Behaviour {
  readonly ranges?: boolean;
  /** Bytes of each answer after which the line goes dead; none: never. */
  readonly breaks?: number[];
  readonly modified?: string;
  readonly length?: boolean;
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

class MemoryStore implements PieceStore {
  readonly pieces = new Map<string, Bytes>();
  readonly manifests = new Map<string, Manifest>();
  full = false;

  manifest = async (name: string) => this.manifests.get(name) ?? null;
  piece = async (name: string, number: number) => this.pieces.get(`${name}/${number}`) ?? null;
  async put(name: string, number: number, bytes: Bytes, manifest: Manifest) {
    if (this.full) throw new Error("QuotaExceededError");
    this.pieces.set(`${name}/${number}`, bytes);
    this.manifests.set(name, manifest);
  }
  async remove(name: string) {
    this.manifests.delete(name);
    for (const key of this.pieces.keys()) if (key.startsWith(`${name}/`)) this.pieces.delete(key);
  }
}

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** Serves files as the public address does. @returns its address and the ranges that were asked for */
async function serve({
  ranges = true,
  breaks = [],
  modified = "Mon, 01 Jan 2018 00:00:00 GMT",
  length = true,
  files = { [file]: content },
}: Behaviour = {}) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    const bytes = files[(request.url ?? "").replace(/^\/data\//, "")];
    asked.push(request.headers.range ?? "all");
    if (!bytes) return void response.writeHead(404).end("no such object");
    const from = ranges ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0) : 0;
    const part = bytes.subarray(from);
    const headers: Record<string, string> = { "Last-Modified": modified };
    if (length) headers["Content-Length"] = `${part.length}`;
    response.writeHead(from > 0 ? 206 : 200, headers);
    const upTo = breaks.shift();
    if (upTo === undefined || upTo >= part.length) return void response.end(part);
    response.write(part.subarray(0, upTo), () => setTimeout(() => response.destroy(), 20));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/`, asked };
}

const pauses: number[] = [];
function source(address: string, store: PieceStore | null) {
  pauses.length = 0;
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  return filesFromPublicAddress(address, { store, fetch, pause });
}

async function read(address: string, store: PieceStore | null): Promise<Uint8Array> {
  const opened = await source(address, store).open(file);
  if (!opened) throw new Error("There is no such file.");
  const chunks: Uint8Array[] = [];
  const reader = opened.stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatenate(...chunks);
    chunks.push(value);
  }
}

/** Equal without printing megabytes when it is not. */
const same = (found: Uint8Array) => Buffer.compare(found, content) === 0;

test("a download is stored on the way and comes from the store afterwards", async () => {
  const { address, asked } = await serve();
  const store = new MemoryStore();
  expect(same(await read(address, store))).toBe(true);
  expect(asked).toEqual(["all"]);
  expect(store.manifests.get(file)).toMatchObject({ length: content.length });
  expect(store.pieces.size).toBe(3);
  const stored = await filesFromStore(store).open(file);
  expect(stored?.size).toBe(content.length);
  expect(same(new Uint8Array(await new Response(stored?.stream).arrayBuffer()))).toBe(true);
});

test("only names that are published there are asked for", async () => {
  const { address, asked } = await serve();
  expect(await source(address, null).open("train-labels-idx1-ubyte")).toBeNull();
  expect(asked).toEqual([]);
  expect(await source(address, null).open("cifar10_images.png")).toBeNull();
  expect(asked).toEqual(["all"]);
});

test.each([true, false])(
  "a broken line is taken up again (server knows ranges: %s)",
  async (ranges) => {
    const breaks = ranges ? [1_200_000, 300_000] : [1_200_000, 1_500_000];
    const { address, asked } = await serve({ ranges, breaks });
    const store = new MemoryStore();
    expect(same(await read(address, store))).toBe(true);
    expect(asked).toHaveLength(3);
    expect(asked[1]).toMatch(/^bytes=\d+-$/);
    expect(pauses).toEqual([1000, 1000]);
    expect(store.pieces.size).toBe(3);
  },
);

test("after a break that lasts, the next visit goes on from the last stored piece", async () => {
  const store = new MemoryStore();
  const first = await serve({ breaks: [1_300_000, 0, 0, 0] });
  await expect(read(first.address, store)).rejects.toThrow(/what came is kept: try again to go on/);
  expect(pauses).toEqual([1000, 2000, 4000]);
  expect(store.pieces.size).toBe(1);
  expect(await filesFromStore(store).open(file)).toBeNull();
  server?.close();
  const second = await serve();
  expect(same(await read(second.address, store))).toBe(true);
  expect(second.asked).toEqual([`bytes=${storedPieceSize}-`]);
  expect(store.pieces.size).toBe(3);
});

test("a stored piece that was changed is fetched again", async () => {
  const { address, asked } = await serve();
  const store = new MemoryStore();
  await read(address, store);
  const piece = store.pieces.get(`${file}/1`) as Bytes;
  piece[5] = (piece[5] as number) ^ 1;
  const stored = await filesFromStore(store).open(file);
  await expect(new Response(stored?.stream).arrayBuffer()).rejects.toThrow(
    /damaged and was deleted/,
  );
  expect(store.pieces.size).toBe(0);
  expect(same(await read(address, store))).toBe(true);
  expect(asked).toEqual(["all", "all"]);
});

test("what was begun of another file is not mixed with this one", async () => {
  const store = new MemoryStore();
  const first = await serve({ breaks: [1_300_000, 0, 0, 0] });
  await expect(read(first.address, store)).rejects.toThrow();
  server?.close();
  const second = await serve({ modified: "Tue, 02 Jan 2018 00:00:00 GMT" });
  expect(same(await read(second.address, store))).toBe(true);
  expect(second.asked).toEqual([`bytes=${storedPieceSize}-`, "all"]);
});

test("without a length it is read all the same, and not stored", async () => {
  const { address } = await serve({ length: false });
  const store = new MemoryStore();
  expect(same(await read(address, store))).toBe(true);
  expect(store.pieces.size).toBe(0);
});

test.each(["no store", "a full store"])("%s is no reason to stop", async (what) => {
  const { address } = await serve();
  const store = what === "no store" ? null : new MemoryStore();
  if (store) store.full = true;
  expect(same(await read(address, store))).toBe(true);
});

test("a dead or failing address is said to be one", async () => {
  const dead = source("http://127.0.0.1:9/", null).open(file);
  await expect(dead).rejects.toThrow(DataUnreachableError);
  await expect(dead).rejects.toThrow(
    /127\.0\.0\.1:9 does not answer .*no network, or it is blocked/,
  );
});

test("a whole set from the public address, then from the store without it", async () => {
  const labels = Array.from({ length: 30 }, (_, i) => i % 10);
  const pixels = Uint8Array.from({ length: 30 * 784 }, (_, i) => (i * 11) % 253);
  const files = { mnist_labels_uint8: oneHot(labels), [file]: pngFile(pixels, 784, 1) };
  const { address } = await serve({ files });
  const store = new MemoryStore();
  const sources = [filesFromStore(store), source(address, store)];
  const first = await readPictureSet("mnist", sources);
  expect([first.train.count, first.test.count]).toEqual([25, 5]);
  server?.closeAllConnections();
  server?.close();
  expect(await readPictureSet("mnist", sources)).toEqual(first);
});
