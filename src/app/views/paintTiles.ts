// Pixels of the small pictures inside a network: signed values, colours of weights, bytes of pictures, on canvases of their own size.
import type { KernelPictures } from "../../worker/protocol";
import { channelWeights } from "../logic/tiles";
import type { Palette } from "../ui/colours";
import { signedTable } from "./paint";

const middle = 127.5;

/** Fills a canvas of width × height with colour words. */
export function paintRectangle(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  wordOf: (pixel: number) => number,
): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  for (let pixel = 0; pixel < words.length; pixel++) words[pixel] = wordOf(pixel);
  context.putImageData(image, 0, 0);
}

const tables = new WeakMap<Palette, Uint32Array>();

function tableOf(palette: Palette): Uint32Array {
  let table = tables.get(palette);
  if (!table) {
    table = signedTable(palette);
    tables.set(palette, table);
  }
  return table;
}

/** Colour word of a value on a diverging scale that ends at ±largest. */
export function signedWord(palette: Palette, value: number, largest: number): number {
  const level = middle + (middle * value) / Math.max(largest, 1e-12);
  return tableOf(palette)[Math.round(Math.min(255, Math.max(0, level)))] as number;
}

const wordOf = (red: number, green: number, blue: number) =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** Bytes [height, width, channels] with 1 channel (grey) or 3 (red, green, blue) as colour words. */
export function byteWord(pixels: Uint8Array, channels: number, pixel: number): number {
  const at = (channel: number) =>
    pixels[pixel * channels + Math.min(channel, channels - 1)] as number;
  return wordOf(at(0), at(1), at(2));
}

/** Weights of one unit as a picture: red, green and blue around grey where it looks at colours, else signed. */
export function paintKernel(
  canvas: HTMLCanvasElement,
  layer: KernelPictures,
  unit: number,
  scale: number,
  palette: Palette,
): void {
  const { channels, height, width } = layer;
  const planes = [0, 1, 2].map((channel) =>
    channelWeights(layer, unit, Math.min(channel, channels - 1)),
  );
  const byte = (plane: number, pixel: number) =>
    Math.round(middle + (middle * ((planes[plane] as Float32Array)[pixel] as number)) / scale);
  paintRectangle(canvas, width, height, (pixel) =>
    channels === 3
      ? wordOf(byte(0, pixel), byte(1, pixel), byte(2, pixel))
      : signedWord(palette, (planes[0] as Float32Array)[pixel] as number, scale),
  );
}

/** Pixels between two input maps, in a row of a filter's weights. */
const between = 3;

/** Pixels per weight: larger where a row is short. */
const weightSide = ({ shownChannels, width }: KernelPictures) =>
  width > 3 || shownChannels > 8 ? 4 : shownChannels > 4 ? 6 : 8;

/** Width in pixels of such a row. */
export const rowWidth = (layer: KernelPictures) =>
  layer.shownChannels * (layer.width * weightSide(layer) + between) - between;

/** Weights of one filter on each of its input maps, side by side. */
export function paintKernelRow(
  canvas: HTMLCanvasElement,
  layer: KernelPictures,
  unit: number,
  scale: number,
  palette: Palette,
): void {
  const { height, width } = layer;
  const across = rowWidth(layer);
  const side = weightSide(layer);
  const pitch = width * side + between;
  paintRectangle(canvas, across, height * side, (pixel) => {
    const [x, y] = [pixel % across, Math.floor(pixel / across)];
    const within = x % pitch;
    if (within >= width * side) return 0;
    const weights = channelWeights(layer, unit, Math.floor(x / pitch));
    const at = Math.floor(y / side) * width + Math.floor(within / side);
    return signedWord(palette, weights[at] as number, scale);
  });
}
