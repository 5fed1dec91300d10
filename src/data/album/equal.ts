// Which images of an album are equal: copies of one file, or different files with the same pixels.
import type { Album } from "./album";

const same = (a: Uint8Array, b: Uint8Array) => a.every((value, place) => value === b[place]);

/**
 * Numbers equal images alike, across classes.
 * @returns for each class the group of each image; groups are numbered from 0 as they appear
 */
export function imageGroups(album: Album): number[][] {
  const parents: number[] = [];
  const root = (group: number): number => {
    const parent = parents[group] as number;
    return parent === group ? group : root(parent);
  };
  const byFile = new Map<number, number>();
  const byPixels = new Map<number, { readonly pixels: Uint8Array; readonly group: number }>();
  const groups = album.map(({ pictures }) =>
    pictures.map(({ file, sum, pixels }) => {
      const twin = byPixels.get(sum);
      const found = [byFile.get(file), twin && same(twin.pixels, pixels) ? twin.group : undefined]
        .filter((group) => group !== undefined)
        .map(root);
      const group = found.length > 0 ? Math.min(...found) : parents.push(parents.length) - 1;
      // A copy of one file and a twin of another makes both one.
      for (const other of found) parents[other] = group;
      if (!byFile.has(file)) byFile.set(file, group);
      if (!twin) byPixels.set(sum, { pixels, group });
      return group;
    }),
  );
  return groups.map((list) => list.map(root));
}
