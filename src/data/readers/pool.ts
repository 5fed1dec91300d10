// Pictures with their classes as a file holds them: bytes, no scaling, every one checked.

/** Shape and limits of the pictures of a data set. */
export interface PictureFormat {
  readonly height: number;
  readonly width: number;
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: number;
  /** Number of classes: labels run from 0 to classes − 1. */
  readonly classes: number;
}

export interface PicturePool {
  readonly count: number;
  /** Pixels 0 … 255, row-major [count, height, width, channels]. */
  readonly pictures: Uint8Array;
  /** Classes, [count]. */
  readonly labels: Uint8Array;
}

/** Values of one picture. */
export function pictureSize({ height, width, channels }: PictureFormat): number {
  return height * width * channels;
}

/** Several pools in a row as one. */
export function joinPools(pools: readonly PicturePool[], size: number): PicturePool {
  const [only] = pools;
  if (pools.length === 1 && only) return only;
  const count = pools.reduce((total, pool) => total + pool.count, 0);
  const pictures = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  let at = 0;
  for (const pool of pools) {
    pictures.set(pool.pictures, at * size);
    labels.set(pool.labels, at);
    at += pool.count;
  }
  return { count, pictures, labels };
}
