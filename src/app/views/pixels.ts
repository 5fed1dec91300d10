// Turns the bytes of a grey or colour picture into what a canvas takes.

/**
 * Red, green, blue and opacity of every pixel.
 * @param bytes row-major [pixels, channels], 0 … 255
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @returns [pixels, 4], fully opaque
 */
export function opaquePixels(bytes: ArrayLike<number>, channels: number): Uint8ClampedArray {
  const count = bytes.length / channels;
  const result = new Uint8ClampedArray(4 * count);
  for (let pixel = 0; pixel < count; pixel++) {
    for (let k = 0; k < 3; k++) {
      const channel = channels === 3 ? k : 0;
      result[4 * pixel + k] = bytes[channels * pixel + channel] as number;
    }
    result[4 * pixel + 3] = 255;
  }
  return result;
}
