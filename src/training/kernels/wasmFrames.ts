// Pictures with zeros around them in the heap, so that every window of a convolution is whole.

import type { tf } from "../tensors";
import { floatBytes } from "../webAssembly/names";
import type { Rows } from "./wasmProduct";

type Geometry = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/** How a picture is laid out with zeros around it, and between its points where it is spread. */
export interface Frame {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  /** Distance between points that were neighbours. */
  readonly apart: readonly [down: number, right: number];
  readonly top: number;
  readonly left: number;
  readonly paddedRows: number;
  readonly paddedColumns: number;
}

export const framedFloats = ({ paddedRows, paddedColumns, channels }: Frame): number =>
  paddedRows * paddedColumns * channels;

/** The pictures that go into a convolution. */
export function inputFrame(geometry: Geometry): Frame {
  const { inHeight, inWidth, inChannels, padInfo } = geometry;
  const { strideHeight, strideWidth, filterHeight, filterWidth, outHeight, outWidth } = geometry;
  return {
    rows: inHeight,
    columns: inWidth,
    channels: inChannels,
    apart: [1, 1],
    top: padInfo.top,
    left: padInfo.left,
    // What no window sees is there all the same: rows are copied as a whole.
    paddedRows: Math.max(padInfo.top + inHeight, (outHeight - 1) * strideHeight + filterHeight),
    paddedColumns: Math.max(padInfo.left + inWidth, (outWidth - 1) * strideWidth + filterWidth),
  };
}

/** Errors of the output as they go into the gradient of the input, or null where some would have to be cut off. */
export function errorFrame(geometry: Geometry): Frame | null {
  const { inHeight, inWidth, outHeight, outWidth, outChannels, padInfo } = geometry;
  const { strideHeight, strideWidth, filterHeight, filterWidth } = geometry;
  const [top, left] = [filterHeight - 1 - padInfo.top, filterWidth - 1 - padInfo.left];
  const paddedRows = inHeight + filterHeight - 1;
  const paddedColumns = inWidth + filterWidth - 1;
  const fits =
    top + (outHeight - 1) * strideHeight < paddedRows &&
    left + (outWidth - 1) * strideWidth < paddedColumns;
  if (top < 0 || left < 0 || !fits) return null;
  const apart = [strideHeight, strideWidth] as const;
  const size = { rows: outHeight, columns: outWidth, channels: outChannels };
  return { ...size, apart, top, left, paddedRows, paddedColumns };
}

/** Copies a picture into its frame, which holds zeros. Places are counted in floats. */
export function place(heap: Float32Array, from: number, to: number, frame: Frame): void {
  const { rows, columns, channels, apart, top, left, paddedColumns } = frame;
  const [down, right] = apart;
  const run = right === 1 ? columns * channels : channels;
  const runs = right === 1 ? 1 : columns;
  let source = from;
  for (let row = 0; row < rows; row++) {
    let target = to + ((top + row * down) * paddedColumns + left) * channels;
    for (let i = 0; i < runs; i++) {
      heap.copyWithin(target, source, source + run);
      source += run;
      target += right * channels;
    }
  }
}

/** Windows of a framed picture as rows of a matrix: [places, filter height · filter width · channels]. */
export function windowRows(
  at: number,
  { paddedColumns, channels }: Frame,
  filter: readonly [height: number, width: number],
  stride: readonly [down: number, right: number],
  places: readonly [rows: number, columns: number],
): Rows {
  const lineBytes = floatBytes * paddedColumns * channels;
  return {
    at,
    down: floatBytes * stride[1] * channels,
    right: floatBytes,
    segments: filter[0],
    segmentLength: filter[1] * channels,
    segmentStride: lineBytes,
    groups: places[0],
    rows: places[1],
    groupStride: stride[0] * lineBytes,
  };
}
