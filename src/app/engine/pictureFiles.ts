// From picture files to kept pictures: a few at a time, the middle square of each; what cannot be used is named.
import { type AlbumPicture, keepPicture, keptSide } from "../../data/album/album";
import { headerBytes, pictureHeader } from "../../data/album/header";
import { resample } from "../../data/album/resample";

/** Files read at the same time: an unpacked photograph takes some 50 MB. */
const atOnce = 3;
/** Largest file, in bytes. */
const mostBytes = 30e6;
/** Most pixels of a side. */
const longestSide = 8192;
/** Squares larger than this are first brought to it by the browser, which is quick. */
const drawnSide = 512;

interface ReadPictures {
  /** In the order of the files; null for those left out, and for those not reached before a stop. */
  readonly pictures: readonly (AlbumPicture | null)[];
  readonly problems: readonly string[];
}

class Refusal extends Error {}
/** Not to be unpacked at all: said once for all such files. */
class NoPicture extends Error {}

/** "a.txt, b.txt and 3 more are no pictures …" */
function noPictures(names: readonly string[]): string {
  const [first, second, ...others] = names;
  const many = second !== undefined;
  const last = others.length > 0 ? `, ${second} and ${others.length} more` : ` and ${second}`;
  const what = many ? "are no pictures" : "is no picture";
  return `${first}${many ? last : ""} ${what} that this browser can read, or ${many ? "they are" : "it is"} damaged: PNG, JPEG, WebP, GIF and BMP will do. Leave ${many ? "them" : "it"} out.`;
}

function refuseSize(name: string, width: number, height: number): void {
  if (width <= longestSide && height <= longestSide) return;
  throw new Refusal(
    `${name} is ${width}×${height} pixels: at most ${longestSide} a side are read. Make it smaller and add it again.`,
  );
}

let canvas: HTMLCanvasElement | null = null;

/** The middle square on white, as it is kept. */
function keptFrom(bitmap: ImageBitmap): AlbumPicture {
  const square = Math.min(bitmap.width, bitmap.height);
  const side = Math.min(square, drawnSide);
  canvas ??= document.createElement("canvas");
  [canvas.width, canvas.height] = [side, side];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context)
    throw new Refusal("This browser gives no canvas to draw pictures on. Reload the page.");
  context.fillStyle = "white";
  context.fillRect(0, 0, side, side);
  context.imageSmoothingQuality = "high";
  const [left, top] = [(bitmap.width - square) >> 1, (bitmap.height - square) >> 1];
  context.drawImage(bitmap, left, top, square, square, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  return keepPicture(resample(data, side, 4, keptSide));
}

/** Reads one file. @throws Refusal in words that name it */
async function readPicture(file: File): Promise<AlbumPicture> {
  const { name, size } = file;
  if (size > mostBytes) {
    throw new Refusal(
      `${name} has ${(size / 1e6).toFixed(1)} MB: at most ${mostBytes / 1e6} MB are read. Make the picture smaller and add it again.`,
    );
  }
  try {
    const header = pictureHeader(new Uint8Array(await file.slice(0, headerBytes).arrayBuffer()));
    if (header) refuseSize(name, header.width, header.height);
    const bitmap = await createImageBitmap(file);
    try {
      refuseSize(name, bitmap.width, bitmap.height);
      return keptFrom(bitmap);
    } finally {
      bitmap.close();
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (size === 0) throw new Refusal(`${name} has 0 bytes: it is empty. Leave it out.`);
    throw new NoPicture(name);
  }
}

/**
 * Reads picture files.
 * @param onDone told after each file how many are done
 * @param signal ends the reading after the files at hand
 */
export async function readPictureFiles(
  files: readonly File[],
  onDone: (done: number) => void,
  signal: AbortSignal,
): Promise<ReadPictures> {
  const pictures = new Array<AlbumPicture | null>(files.length).fill(null);
  const refusals: (Error | null)[] = new Array(files.length).fill(null);
  let next = 0;
  let done = 0;
  const readOn = async () => {
    while (next < files.length && !signal.aborted) {
      const at = next++;
      try {
        pictures[at] = await readPicture(files[at] as File);
      } catch (error) {
        refusals[at] = error as Error;
      }
      onDone(++done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, readOn));
  const said = refusals.filter((refusal) => refusal !== null);
  const names = said.filter((refusal) => refusal instanceof NoPicture).map((one) => one.message);
  const problems = said
    .filter((refusal) => !(refusal instanceof NoPicture))
    .map((one) => one.message);
  return { pictures, problems: names.length > 0 ? [...problems, noPictures(names)] : problems };
}
