// Grey and colour pictures must reach the canvas with the right channels in the right places.
import { expect, test } from "vitest";
import { opaquePixels } from "./pixels";

test("grey values go to all three colours, colours to their own, and nothing is transparent", () => {
  expect([...opaquePixels(Uint8Array.of(0, 200), 1)]).toEqual([0, 0, 0, 255, 200, 200, 200, 255]);
  expect([...opaquePixels(Uint8Array.of(1, 2, 3, 250, 251, 252), 3)]).toEqual([
    1, 2, 3, 255, 250, 251, 252, 255,
  ]);
});
