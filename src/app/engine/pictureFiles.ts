// From image files to kept pictures: a few at a time, the middle square of each; what cannot be used is named with its reason.
import { type AlbumPicture, checkSum, keepPicture } from "../../data/album/album";
import { orientationOf } from "../../data/album/exif";
import type { ByteFile } from "../../data/album/files";
import {
  headerBytes,
  type Judgement,
  judgeFile,
  judgeHeader,
  pixelsRefusal,
  type Refusal,
  type RefusedFile,
  refusals,
  sizeRefusal,
} from "../../data/album/judge";
import type { ReadImage } from "../../data/album/remarks";
import { middleSquare, onlyColour, type Squared, squareFrom } from "../../data/album/square";
import { isAnimated } from "../../data/album/whole";
import { type CanvasReading, readArea, tryReading } from "./canvasReading";
import { type DecodedImage, decodeImage, laterFrames } from "./decodeImage";

/** Files read at the same time: an unpacked photograph takes some 50 MB. */
const atOnce = 3;
/** Squares larger than this are first brought to it by the browser, which is quick. */
const drawnSide = 512;
/** Side of the last corner that is looked at: a block of JPEG. */
const cornerSide = 8;
/** Files of fewer bytes are looked through for missing pixels in any case. */
const countedAlways = 500_000;

/** A file with its name for people: with the folders around it. */
export interface NamedFile {
  readonly name: string;
  readonly file: ByteFile;
}

export interface ReadPictures {
  /** In the order of the files; null for those left out, and for those not reached before a stop. */
  readonly pictures: readonly (AlbumPicture | null)[];
  readonly refused: readonly RefusedFile[];
  readonly read: readonly ReadImage[];
  /** Whether pixels come back from a canvas; nothing was read where they do not. */
  readonly canvas: CanvasReading;
}

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.why);
  }
}

const refuse = (refusal: Refusal | null | false) => {
  if (refusal) throw new Refused(refusal);
};

/** The middle square as it is kept; null where nothing is visible. */
function squareOf(image: DecodedImage, orientation: number): Squared | null {
  const { left, top, side } = middleSquare(image.width, image.height);
  const drawn = Math.min(Math.round(side), drawnSide);
  const area = { left, top, width: side, height: side };
  const pixels = readArea(image.source, area, { width: drawn, height: drawn });
  if (!pixels) throw new Error("no canvas");
  return squareFrom(pixels, drawn, orientation);
}

/**
 * True where pixels may be missing, which is then found out by counting: the last corner, which is decoded last, is of one
 * colour, as decoders leave what they had no data for. Small files are counted in any case, which takes milliseconds.
 */
function mayLackPixels({ source, width, height }: DecodedImage, bytes: Uint8Array): boolean {
  if (bytes.length < countedAlways) return true;
  const side = Math.min(cornerSide, width, height);
  const corner = { left: width - side, top: height - side, width: side, height: side };
  const pixels = readArea(source, corner, corner);
  return (
    pixels !== null && onlyColour(new Uint8Array(pixels.filter((_, at) => at % 4 < 3))) !== null
  );
}

/** The first frame that is not blank. */
async function laterSquare(bytes: Uint8Array, { format }: Judgement, orientation: number) {
  for await (const image of laterFrames(bytes, format)) {
    const square = squareOf(image, orientation);
    image.close();
    if (square && !onlyColour(square.pixels)) return { square, frame: image.frame };
  }
  return null;
}

async function decode(bytes: Uint8Array, judged: Judgement): Promise<DecodedImage> {
  try {
    return await decodeImage(bytes, judged.format, judged.size);
  } catch {
    throw new Refused(
      judged.refusal ?? pixelsRefusal(bytes, judged.format) ?? refusals.undecoded(judged.format),
    );
  }
}

/** Reads one file. @throws Refused */
async function readPicture({ name, file }: NamedFile) {
  const early = judgeHeader(await file.bytes(0, headerBytes), file.size, file.name);
  refuse(!early.mayDecode && early.refusal);
  const bytes = await file.bytes();
  refuse(bytes.length < file.size && refusals.cut(bytes.length));
  const judged = judgeFile(bytes, file.name);
  refuse(!judged.mayDecode && judged.refusal);
  const orientation = orientationOf(bytes, judged.format)?.value ?? 1;
  const image = await decode(bytes, judged);
  try {
    // Where the header did not say it, only the decoder knows.
    refuse(judged.size === null && sizeRefusal(image));
    refuse(mayLackPixels(image, bytes) && pixelsRefusal(bytes, judged.format));
    let found: { square: Squared | null; frame: number } = {
      square: squareOf(image, orientation),
      frame: 0,
    };
    const blank = ({ square }: typeof found) => !square || onlyColour(square.pixels) !== null;
    if (blank(found) && isAnimated(bytes, judged.format)) {
      found = (await laterSquare(bytes, judged, orientation)) ?? found;
      refuse(blank(found) && refusals.blankFrames());
    }
    const { square, frame } = found;
    if (!square) throw new Refused(refusals.transparent());
    const size = judged.size ?? image;
    const shown = orientation > 4 ? { width: size.height, height: size.width } : size;
    const read: ReadImage = {
      file: name,
      format: judged.format,
      size: { width: shown.width, height: shown.height },
      ground: square.ground,
      only: onlyColour(square.pixels),
      frame,
    };
    return { picture: keepPicture(square.pixels, checkSum(bytes)), read };
  } finally {
    image.close();
  }
}

/** What is wrong with a file that neither judge nor decoder complained about. */
function unexpected(error: unknown): Refusal {
  // A drawing with foreign content may be drawn, but not read.
  if (error instanceof DOMException && error.name === "SecurityError")
    return refusals.undecoded("svg");
  return refusals.damaged();
}

/**
 * Reads image files.
 * @param onDone told after each file how many are done
 * @param signal ends the reading after the files at hand
 */
export async function readPictureFiles(
  files: readonly NamedFile[],
  onDone: (done: number) => void,
  signal: AbortSignal,
): Promise<ReadPictures> {
  const pictures = new Array<AlbumPicture | null>(files.length).fill(null);
  const refused: (RefusedFile | null)[] = new Array(files.length).fill(null);
  const read: (ReadImage | null)[] = new Array(files.length).fill(null);
  const canvas = tryReading();
  let next = canvas === "useless" ? files.length : 0;
  let done = 0;
  const readOn = async () => {
    while (next < files.length && !signal.aborted) {
      const at = next++;
      const file = files[at] as NamedFile;
      try {
        const found = await readPicture(file);
        pictures[at] = found.picture;
        read[at] = found.read;
      } catch (error) {
        const refusal = error instanceof Refused ? error.refusal : unexpected(error);
        refused[at] = { file: file.name, ...refusal };
      }
      onDone(++done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, readOn));
  return {
    pictures,
    refused: refused.filter((one) => one !== null),
    read: read.filter((one) => one !== null),
    canvas,
  };
}
