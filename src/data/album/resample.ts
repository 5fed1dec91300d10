// Brings square pictures to another size by areas: every new pixel is the mean of what it covers, the same on every machine.

/** Which old pixels a row of new ones covers, and how much of each. */
interface Cover {
  /** First covered pixel of each new one, [to]. */
  readonly first: Int32Array;
  /** Shares of the covered pixels, one list per new pixel; each adds up to 1. */
  readonly shares: readonly Float64Array[];
}

function coverOf(from: number, to: number): Cover {
  const first = new Int32Array(to);
  const shares = Array.from({ length: to }, (_, place) => {
    // Whole numbers as long as possible: sizes that divide each other then give exact means.
    const start = place * from;
    const end = start + from;
    const begin = Math.floor(start / to);
    first[place] = begin;
    return Float64Array.from({ length: Math.ceil(end / to) - begin }, (_, at) => {
      const low = Math.max(start, (begin + at) * to);
      const high = Math.min(end, (begin + at + 1) * to);
      return (high - low) / from;
    });
  });
  return { first, shares };
}

/**
 * A square picture at another size.
 * @param pixels row-major [from, from, stride], 0 … 255; of each pixel the first three bytes count
 * @param stride 3 (red, green, blue) or 4 (and opacity, as canvases give it)
 * @returns row-major [to, to, 3]
 */
export function resample(
  pixels: ArrayLike<number>,
  from: number,
  stride: 3 | 4,
  to: number,
): Uint8Array {
  const { first, shares } = coverOf(from, to);
  const narrow = new Float64Array(from * to * 3);
  for (let row = 0; row < from; row++) {
    for (let place = 0; place < to; place++) {
      const list = shares[place] as Float64Array;
      const target = (row * to + place) * 3;
      for (let at = 0; at < list.length; at++) {
        const source = (row * from + (first[place] as number) + at) * stride;
        for (let k = 0; k < 3; k++)
          narrow[target + k] =
            (narrow[target + k] as number) + (list[at] as number) * (pixels[source + k] as number);
      }
    }
  }
  const result = new Uint8Array(to * to * 3);
  const line = to * 3;
  for (let place = 0; place < to; place++) {
    const list = shares[place] as Float64Array;
    for (let column = 0; column < line; column++) {
      let sum = 0;
      for (let at = 0; at < list.length; at++) {
        const row = (first[place] as number) + at;
        sum += (list[at] as number) * (narrow[row * line + column] as number);
      }
      // Shares are sums of fractions: half a byte must not fall short of itself.
      result[place * line + column] = Math.min(255, Math.floor(sum + 0.5 + 1e-9));
    }
  }
  return result;
}

/** Brightness of colours as Rec. 601 weighs them. @param pixels [count, 3] @returns [count] */
export function greyOf(pixels: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: pixels.length / 3 }, (_, at) =>
    Math.round(
      0.299 * (pixels[3 * at] as number) +
        0.587 * (pixels[3 * at + 1] as number) +
        0.114 * (pixels[3 * at + 2] as number),
    ),
  );
}
