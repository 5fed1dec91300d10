// Files must be found where they are, and a server's stand-in page must not pass for one.
import { afterEach, expect, test, vi } from "vitest";
import { DataUnreachableError } from "../errors";
import { concatenate } from "../testing";
import type { OpenedFile } from "../types";
import { filesFromList, filesFromUrl } from "./site";

afterEach(() => {
  vi.unstubAllGlobals();
});

async function bytesOf(opened: OpenedFile | null): Promise<number[] | null> {
  if (!opened) return null;
  const chunks: Uint8Array[] = [];
  const reader = opened.stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return [...concatenate(...chunks)];
    chunks.push(value);
  }
}

/** A server with these answers; anything else is 404. Returns the addresses asked for. */
function serve(answers: Readonly<Record<string, () => Response>>): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    return Promise.resolve(answers[url]?.() ?? new Response("no", { status: 404 }));
  });
  return asked;
}

const octets = { "content-type": "application/octet-stream" };

test("dropped files: with and without .gz, in upper and lower case", async () => {
  const source = filesFromList([
    new File([Uint8Array.of(1, 2)], "A.GZ"),
    new File([Uint8Array.of(3)], "b"),
  ]);
  const packed = await source.open("a");
  expect(packed?.name).toBe("A.GZ");
  expect(packed?.size).toBe(2);
  expect(await bytesOf(packed)).toEqual([1, 2]);
  expect(await bytesOf(await source.open("b"))).toEqual([3]);
  expect(await source.open("c")).toBeNull();
});

test("a folder of the site: .gz first, then plain, bytes unchanged, length known", async () => {
  const asked = serve({
    "https://x.test/d/a": () =>
      new Response(Uint8Array.of(0, 0, 8, 1), { headers: { ...octets, "content-length": "4" } }),
  });
  const opened = await filesFromUrl("https://x.test/d").open("a");
  expect(asked).toEqual(["https://x.test/d/a.gz", "https://x.test/d/a"]);
  expect(opened?.name).toBe("a");
  expect(opened?.size).toBe(4);
  expect(await bytesOf(opened)).toEqual([0, 0, 8, 1]);
});

test("an address that ends in a slash gets no second one", async () => {
  const asked = serve({});
  expect(await filesFromUrl("https://x.test/d/").open("a")).toBeNull();
  expect(asked[0]).toBe("https://x.test/d/a.gz");
});

test("a length is not trusted where the transfer is packed", async () => {
  const headers = { ...octets, "content-length": "2", "content-encoding": "gzip" };
  serve({ "https://x.test/a.gz": () => new Response(Uint8Array.of(0, 0, 8, 1), { headers }) });
  expect((await filesFromUrl("https://x.test/").open("a"))?.size).toBeNull();
});

test("an index.html with status 200 counts as no file, by its type or its first byte", async () => {
  const page = "<!doctype html><title>App</title>";
  serve({
    "https://x.test/a.gz": () =>
      new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } }),
    "https://x.test/a": () => new Response(page, { headers: octets }),
  });
  expect(await filesFromUrl("https://x.test/").open("a")).toBeNull();
});

test("a failing server and a dead line are errors, not missing files", async () => {
  serve({ "https://x.test/a.gz": () => new Response("oh", { status: 503 }) });
  await expect(filesFromUrl("https://x.test/").open("a")).rejects.toThrow(/server error 503/);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network down")));
  const dead = filesFromUrl("https://x.test/").open("a");
  await expect(dead).rejects.toThrow(DataUnreachableError);
  await expect(dead).rejects.toThrow(/a\.gz .*network down/);
});
