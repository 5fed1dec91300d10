// The draws of augmentation as tables of numbers, one row for each example: which tables there are decides what is done to a batch.
import type { StepValues } from "../stepValues";
import type { AugmentationSettings, Mixing, PictureChange } from "./draws";

type Table = { readonly values: Float32Array<ArrayBuffer>; readonly shape: readonly number[] };

/** One number for each example, as [batch, 1, 1, 1]. */
function perExample<T>(rows: readonly T[], entryOf: (row: T) => number): Table {
  return { values: Float32Array.from(rows, entryOf), shape: [rows.length, 1, 1, 1] };
}

/** Rows that map a place in the result to a place in the picture: x ← a₀·x + a₂, y ← y + b₂, [batch, 8]. */
function moves(changes: readonly PictureChange[], width: number): Table {
  const rows = changes.flatMap(({ down, right, mirrored }) =>
    mirrored ? [-1, 0, width - 1 + right, 0, 1, down, 0, 0] : [1, 0, right, 0, 1, down, 0, 0],
  );
  return { values: Float32Array.from(rows), shape: [changes.length, 8] };
}

/** Tables of what the settings do to pictures. @param width of a picture in pixels */
export function pictureTables(
  changes: readonly PictureChange[],
  settings: AugmentationSettings,
  width: number,
): StepValues {
  const { crop, flip, brightness, contrast, saturation, erasing } = settings;
  const factor = (name: "brightness" | "contrast" | "saturation") =>
    perExample(changes, (change) => change[name]);
  return {
    ...((crop > 0 || flip !== "none") && { moves: moves(changes, width) }),
    ...(brightness > 0 && { brightness: factor("brightness") }),
    ...(contrast > 0 && { contrast: factor("contrast") }),
    ...(saturation > 0 && { saturation: factor("saturation") }),
    ...(erasing > 0 && {
      erasedTop: perExample(changes, ({ erased }) => erased?.top ?? 0),
      erasedBottom: perExample(changes, ({ erased: e }) => (e ? e.top + e.height : 0)),
      erasedLeft: perExample(changes, ({ erased }) => erased?.left ?? 0),
      erasedRight: perExample(changes, ({ erased: e }) => (e ? e.left + e.width : 0)),
    }),
  };
}

/** Tables of a mixture. */
export function mixingTables({ share, partners }: Mixing): StepValues {
  return {
    share: { values: Float32Array.of(share), shape: [] },
    partners: { values: Int32Array.from(partners), shape: [partners.length] },
  };
}
