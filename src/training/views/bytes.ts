// Scaled pictures back to what they were drawn or read as: bytes for the page.
import { invertScaling } from "../../data/scaling";
import type { Dataset } from "../../data/types";

/** Bytes of scaled pictures, [count, inputSize]; what noise leads out of their range is held at its ends. */
export function bytesOf(
  scaled: Float32Array,
  { scaling, inputSize }: Pick<Dataset, "scaling" | "inputSize">,
): Uint8Array {
  return Uint8Array.from(invertScaling(scaled, scaling, inputSize), (value) =>
    Math.round(Math.min(255, Math.max(0, value))),
  );
}
