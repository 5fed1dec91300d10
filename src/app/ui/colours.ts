// The theme's colours as numbers for canvases: parsed once per theme, never per pixel.
import { usePage } from "../store/page";

export type Rgb = readonly [number, number, number];

export interface Palette {
  readonly surface: Rgb;
  readonly negative: Rgb;
  readonly positive: Rgb;
  readonly train: Rgb;
  readonly classes: readonly Rgb[];
  /** How strongly full certainty is tinted: points on it must stay legible. */
  readonly strongest: number;
  /** Any custom property as CSS text. */
  css(name: string): string;
}

function parse(text: string): Rgb {
  const hex = text.trim().replace("#", "");
  const wide = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
  const number = Number.parseInt(wide, 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

const palettes = new Map<string, Palette>();

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const names = [
    "--surface",
    "--neg",
    "--pos",
    "--train",
    "--ink",
    "--ink-2",
    "--ink-3",
    "--line",
    "--line-strong",
    "--penalty",
    "--valid",
    "--certainty",
  ];
  const classNames = [0, 1, 2, 3, 4].map((index) => `--class-${index}`);
  const texts = new Map(
    [...names, ...classNames].map((name) => [name, style.getPropertyValue(name).trim()]),
  );
  const colour = (name: string) => parse(texts.get(name) ?? "#000");
  return {
    surface: colour("--surface"),
    negative: colour("--neg"),
    positive: colour("--pos"),
    train: colour("--train"),
    classes: classNames.map(colour),
    strongest: Number(texts.get("--certainty")),
    css: (name) => texts.get(name) ?? "#000",
  };
}

/** The palette of the theme in force. */
export function usePalette(): Palette {
  const shade = usePage((page) => page.shade);
  let palette = palettes.get(shade);
  if (!palette) {
    palette = readPalette();
    palettes.set(shade, palette);
  }
  return palette;
}

/** A colour between two, as one number for an ImageData seen as 32-bit words (little endian). */
export function mixWord(from: Rgb, to: Rgb, share: number): number {
  const channel = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return ((255 << 24) | (channel(2) << 16) | (channel(1) << 8) | channel(0)) >>> 0;
}
