// What a glance at a graphics backend says, with browsers made up for the purpose.
import { afterEach, expect, test, vi } from "vitest";
import { glanceAt, noAdapter, noWebgl, noWebgpu } from "./probe";

afterEach(() => vi.unstubAllGlobals());

function browserWith(adapter: unknown, renderer: string | null): { lost: number } {
  const counts = { lost: 0 };
  vi.stubGlobal("navigator", { gpu: { requestAdapter: async () => adapter } });
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      getContext() {
        if (renderer === null) return null;
        return {
          getExtension: (name: string) =>
            name === "WEBGL_lose_context"
              ? { loseContext: () => counts.lost++ }
              : { UNMASKED_RENDERER_WEBGL: 7 },
          getParameter: (key: number) => (key === 7 ? renderer : ""),
        };
      }
    },
  );
  return counts;
}

test("a real card is named and nothing is said against it", async () => {
  const info = { vendor: "intel", architecture: "gen-12lp", device: "", description: "" };
  const counts = browserWith({ info }, "ANGLE (Intel, Mesa Intel Iris)");
  expect(await glanceAt("webgpu")).toEqual({
    device: "intel gen-12lp",
    software: false,
    reason: null,
  });
  const webgl = await glanceAt("webgl");
  expect(webgl).toEqual({
    device: "ANGLE (Intel, Mesa Intel Iris)",
    software: false,
    reason: null,
  });
  expect(counts.lost).toBe(1);
});

test("cards played by the processor are seen through", async () => {
  browserWith(
    { info: { vendor: "google", architecture: "swiftshader", isFallbackAdapter: false } },
    "ANGLE (Google, Vulkan 1.3 (SwiftShader Device))",
  );
  expect(await glanceAt("webgpu")).toMatchObject({ software: true, reason: null });
  expect(await glanceAt("webgl")).toMatchObject({ software: true, reason: null });
});

test("what is missing is said in words", async () => {
  browserWith(null, null);
  expect((await glanceAt("webgpu")).reason).toBe(noAdapter);
  expect((await glanceAt("webgl")).reason).toBe(noWebgl);
  vi.stubGlobal("navigator", {});
  expect((await glanceAt("webgpu")).reason).toBe(noWebgpu);
});

test("a glance that fails rules nothing out", async () => {
  vi.stubGlobal("navigator", { gpu: { requestAdapter: () => Promise.reject(new Error("lost")) } });
  expect(await glanceAt("webgpu")).toEqual({ device: null, software: false, reason: null });
  expect(await glanceAt("wasm")).toEqual({ device: null, software: false, reason: null });
});
