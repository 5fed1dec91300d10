// Decodes image files by the browser: bitmaps, vector drawings, and later frames of animations.
import { withoutOrientation } from "../../data/album/exif";
import { type FormatName, formats } from "../../data/album/format";
import type { ImageSize } from "../../data/album/size";

/** A decoded image that can be drawn; `close` frees it. */
export interface DecodedImage extends ImageSize {
  readonly source: CanvasImageSource;
  close(): void;
}

/** Frames of an animation that are looked at for one that is not blank. */
const mostFrames = 100;
/** Side to which the shorter side of vector drawings is drawn. */
const vectorSide = 512;

const asBlob = (bytes: Uint8Array, type: string) =>
  new Blob([bytes as Uint8Array<ArrayBuffer>], { type });

/** Sets size and view box of a drawing, without which some browsers draw nothing. @throws for broken XML */
function sizedSvg(bytes: Uint8Array, { width, height }: ImageSize, scale: number): string {
  const parsed = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "image/svg+xml");
  const root = parsed.documentElement;
  if (parsed.querySelector("parsererror") || root.localName !== "svg") throw new Error("no SVG");
  if (!root.hasAttribute("viewBox")) root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  root.setAttribute("width", `${width * scale}`);
  root.setAttribute("height", `${height * scale}`);
  return new XMLSerializer().serializeToString(parsed);
}

/** As an image element, a drawing runs no scripts and loads nothing from elsewhere. */
async function decodeSvg(bytes: Uint8Array, size: ImageSize): Promise<DecodedImage> {
  const scale = vectorSide / Math.min(size.width, size.height);
  const text = sizedSvg(bytes, size, scale);
  const address = URL.createObjectURL(new Blob([text], { type: formats.svg.type }));
  const source = new Image();
  source.src = address;
  try {
    await source.decode();
  } finally {
    URL.revokeObjectURL(address);
  }
  return {
    source,
    width: size.width * scale,
    height: size.height * scale,
    close: () => source.removeAttribute("src"),
  };
}

/**
 * Decodes an image as it is stored: what EXIF says of its orientation is left to the caller, since browsers differ.
 * @param size by its header; needed for SVG
 * @throws whatever the browser throws for what it cannot decode
 */
export async function decodeImage(
  bytes: Uint8Array,
  format: FormatName,
  size: ImageSize | null,
): Promise<DecodedImage> {
  if (format === "svg" && size) return decodeSvg(bytes, size);
  const plain = withoutOrientation(bytes, format);
  const source = await createImageBitmap(asBlob(plain, formats[format].type));
  const { width, height } = source;
  return { source, width, height, close: () => source.close() };
}

/**
 * Frames of an animation from the second on, each to be closed; none where the browser decodes single frames only.
 * @param bytes of a whole file
 */
export async function* laterFrames(
  bytes: Uint8Array,
  format: FormatName,
): AsyncGenerator<DecodedImage & { readonly frame: number }> {
  const { type } = formats[format];
  if (!("ImageDecoder" in globalThis) || !(await ImageDecoder.isTypeSupported(type))) return;
  const decoder = new ImageDecoder({
    data: withoutOrientation(bytes, format) as BufferSource,
    type,
  });
  try {
    await decoder.tracks.ready;
    await decoder.completed;
    const frames = Math.min(mostFrames, decoder.tracks.selectedTrack?.frameCount ?? 0);
    for (let frame = 1; frame < frames; frame++) {
      const { image } = await decoder.decode({ frameIndex: frame });
      const { displayWidth: width, displayHeight: height } = image;
      yield { source: image, width, height, frame, close: () => image.close() };
    }
  } finally {
    decoder.close();
  }
}
