// Which images of an album train, validate and test: by the seed and the images alone, whatever the order they came in.
import { randomInteger, Stream } from "../random";
import type { PartName } from "../types";
import { type Album, leastOfClass } from "./album";
import { imageGroups } from "./equal";

/** A group of equal images within a class. */
interface Group {
  /** Number of the group in the album. */
  readonly group: number;
  /** Smallest check sum in it: what the draw is made from. */
  readonly sum: number;
}

/**
 * Divides the images by the seed: a fifth of each class's different images validates, a fifth tests, the rest trains.
 * Equal images stay in one part, also where they lie in two classes. Every image draws its own lot from its check sum:
 * the order of loading plays no role, and an image more moves at most one other into and out of each part.
 * @returns for each class the part of each picture
 */
export function albumParts(album: Album, seed: number): PartName[][] {
  const groups = imageGroups(album);
  const lot = ({ sum }: Group) =>
    randomInteger(seed, Stream.heldPictures, (sum ^ (sum >>> 16)) >>> 0, sum & 3);
  const parts = new Map<number, PartName>();
  album.forEach(({ pictures }, label) => {
    const sums = new Map<number, number>();
    pictures.forEach(({ file }, at) => {
      const group = groups[label]?.[at] as number;
      sums.set(group, Math.min(file, sums.get(group) ?? file));
    });
    const held = Math.floor(sums.size / leastOfClass);
    const placed = (part: PartName) =>
      [...sums.keys()].filter((group) => parts.get(group) === part).length;
    const open = [...sums]
      .filter(([group]) => !parts.has(group))
      .map(([group, sum]) => ({ group, sum }))
      .sort((a, b) => lot(a) - lot(b) || a.sum - b.sum);
    const validation = Math.max(0, held - placed("validation"));
    const test = Math.max(0, held - placed("test"));
    open.forEach(({ group }, place) => {
      const last = open.length - 1 - place;
      parts.set(group, place < validation ? "validation" : last < test ? "test" : "train");
    });
  });
  return groups.map((list) => list.map((group) => parts.get(group) as PartName));
}

/** The images of one part of a class, in an order that does not depend on that of loading. */
export function inPart(album: Album, parts: readonly PartName[][], label: number, part: PartName) {
  return (album[label]?.pictures ?? [])
    .filter((_, at) => parts[label]?.[at] === part)
    .sort((a, b) => a.file - b.file || a.sum - b.sum);
}
