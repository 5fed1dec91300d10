// What is said of a .wasm file that could not be used; the server is made up.
import { expect, it } from "vitest";
import { whyUnusable } from "./wasmFiles";

const folder = "https://example.org/wasm/";
const file = "tfjs-backend-wasm-simd.wasm";
/** An empty module. */
const sound = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

const answer = (body: BodyInit | null, status = 200, type = "application/wasm") => ({
  fetch: async (address: unknown) => {
    expect(address).toBe(folder + file);
    return new Response(body, { status, headers: { "Content-Type": type } });
  },
  compile: (bytes: ArrayBuffer) => WebAssembly.compile(bytes),
});

it.each([
  ["refused", answer(null, 403), `the server answered 403 for ${file}`],
  [
    "not there",
    answer("<h1>not found</h1>", 404, "text/html"),
    `the server answered 404 for ${file}`,
  ],
  [
    "a page with status 200",
    answer("<!doctype html>", 200, "text/html"),
    `the server sent something else in place of ${file}`,
  ],
  ["empty", answer(""), `the server sent something else in place of ${file}`],
  ["cut short", answer(sound.slice(0, 6)), `${file} is cut short or damaged`],
  ["damaged", answer(new Uint8Array([...sound, 1, 99])), `${file} is cut short or damaged`],
])("%s", async (_what, network, words) => {
  expect(await whyUnusable(folder, file, network)).toContain(words);
});

it("a connection that breaks", async () => {
  const network = {
    ...answer(sound),
    fetch: () => Promise.reject(new TypeError("Failed to fetch")),
  };
  expect(await whyUnusable(folder, file, network)).toBe(`${file} could not be loaded`);
});

it("nothing is said against a sound file, whatever its type, nor against files on a disk", async () => {
  expect(await whyUnusable(folder, file, answer(sound, 200, "text/plain"))).toBeNull();
  expect(await whyUnusable("/usr/share/wasm/", file)).toBeNull();
});
