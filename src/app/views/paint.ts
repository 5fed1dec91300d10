// Pixels of maps and shapes of points: the innermost loops of the dense pictures, without colour parsing in them.
import { levelsPerNat } from "../logic/history";
import { mixWord, type Palette, type Rgb } from "../ui/colours";

const levels = 256;
/** Points painted per grid point and side: the border between classes is a line, not a staircase. */
const finer = 4;

/** For each class, a colour word per level of certainty. */
function classTable(palette: Palette, classes: number): Uint32Array {
  const table = new Uint32Array(classes * levels);
  for (let kind = 0; kind < classes; kind++) {
    const colour = palette.classes[kind % palette.classes.length] as Rgb;
    for (let level = 0; level < levels; level++) {
      table[kind * levels + level] = mixWord(
        palette.surface,
        colour,
        (palette.strongest * level) / 255,
      );
    }
  }
  return table;
}

/** From 0 (as good as a guess) to 255 (certain). */
function certainty(probability: number, classes: number): number {
  const guess = 1 / classes;
  return Math.max(0, Math.round(((probability - guess) / (1 - guess)) * 255));
}

/**
 * A picture of class probabilities: the hue of the likeliest class, paler where it is a guess.
 * Between grid points the logarithms are interpolated: where a network is linear its borders come out straight.
 * @param surprise −ln p of each class in levels, [size · size, classes]
 */
export function paintClasses(
  surprise: Uint16Array,
  size: number,
  classes: number,
  palette: Palette,
): HTMLCanvasElement {
  const table = classTable(palette, classes);
  const fine = size * finer;
  const at = new Float32Array(classes);
  return paintWords(fine, (pixel) => {
    interpolate(surprise, size, classes, pixel % fine, Math.floor(pixel / fine), at);
    let best = 0;
    for (let kind = 1; kind < classes; kind++) {
      if ((at[kind] as number) < (at[best] as number)) best = kind;
    }
    return table[best * levels + certainty(shareOf(at, best), classes)] as number;
  });
}

/** Probability of one class from the surprises of all. */
function shareOf(surprise: Float32Array, kind: number): number {
  const held = surprise[kind] as number;
  let sum = 0;
  for (const other of surprise) sum += Math.exp((held - other) / levelsPerNat);
  return 1 / sum;
}

/** Surprises between the four grid points around a fine pixel. */
function interpolate(
  grid: Uint16Array,
  size: number,
  classes: number,
  column: number,
  row: number,
  out: Float32Array,
): void {
  const last = size - 1;
  const x = Math.min(last, Math.max(0, (column + 0.5) / finer - 0.5));
  const y = Math.min(last, Math.max(0, (row + 0.5) / finer - 0.5));
  const x0 = Math.min(last - 1, Math.floor(x));
  const y0 = Math.min(last - 1, Math.floor(y));
  const across = x - x0;
  const down = y - y0;
  const upper = (y0 * size + x0) * classes;
  const lower = upper + size * classes;
  for (let kind = 0; kind < classes; kind++) {
    const a = grid[upper + kind] as number;
    const b = grid[upper + classes + kind] as number;
    const c = grid[lower + kind] as number;
    const d = grid[lower + classes + kind] as number;
    const top = a + (b - a) * across;
    out[kind] = top + (c + (d - c) * across - top) * down;
  }
}

/** Colour words from most negative to most positive. */
export function signedTable(palette: Palette): Uint32Array {
  const table = new Uint32Array(levels);
  for (let level = 0; level < levels; level++) {
    const value = (level / (levels - 1)) * 2 - 1;
    const colour = value < 0 ? palette.negative : palette.positive;
    table[level] = mixWord(palette.surface, colour, Math.abs(value) * 0.92);
  }
  return table;
}

/** A picture of one unit's activations: negative, zero and positive on a diverging scale of its own. */
export function paintSigned(
  values: Float32Array,
  size: number,
  table: Uint32Array,
  reuse?: HTMLCanvasElement,
): HTMLCanvasElement {
  let largest = 1e-12;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const half = (levels - 1) / 2;
  return paintWords(
    size,
    (pixel) => table[Math.round(half + (half * (values[pixel] as number)) / largest)] as number,
    reuse,
  );
}

function paintWords(
  size: number,
  wordOf: (pixel: number) => number,
  reuse: HTMLCanvasElement = document.createElement("canvas"),
): HTMLCanvasElement {
  if (reuse.width !== size) reuse.width = size;
  if (reuse.height !== size) reuse.height = size;
  const context = reuse.getContext("2d");
  if (!context) return reuse;
  const image = context.createImageData(size, size);
  const words = new Uint32Array(image.data.buffer);
  for (let pixel = 0; pixel < words.length; pixel++) words[pixel] = wordOf(pixel);
  context.putImageData(image, 0, 0);
  return reuse;
}

/** Classes differ by form as well as by colour: disc, square, triangle, diamond, hexagon. */
const corners: readonly (readonly [number, number])[] = [
  [0, 0],
  [4, Math.PI / 4],
  [3, -Math.PI / 2],
  [4, 0],
  [6, 0],
];

/** Adds the outline of a class's sign to the path. Signs have about equal areas. */
export function traceSign(
  context: CanvasRenderingContext2D,
  kind: number,
  x: number,
  y: number,
  radius: number,
): void {
  const [count, turn] = corners[kind % corners.length] as readonly [number, number];
  context.beginPath();
  if (count === 0) {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const reach = radius * (count === 3 ? 1.4 : count === 4 ? 1.22 : 1.08);
  for (let corner = 0; corner < count; corner++) {
    const angle = turn + (corner * 2 * Math.PI) / count;
    context.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  context.closePath();
}
