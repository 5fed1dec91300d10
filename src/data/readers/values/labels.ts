// Labels that differ only in case and blanks, such as elm, OAK, Oak: which of them are one.

const key = (label: string) => label.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

export interface MergedLabels {
  /** Each label once, in its most frequent spelling, in order of first appearance. */
  readonly words: readonly string[];
  /** Place in `words` of each given label. */
  readonly places: Int32Array;
  /** Spellings that were brought together, the kept one first. */
  readonly merged: readonly (readonly string[])[];
}

/**
 * @param labels different texts, in order of first appearance
 * @param counts how often each occurs
 */
export function mergeSpellings(labels: readonly string[], counts: ArrayLike<number>): MergedLabels {
  const groups = new Map<string, number[]>();
  labels.forEach((label, place) => {
    const group = groups.get(key(label));
    if (group) group.push(place);
    else groups.set(key(label), [place]);
  });
  const words: string[] = [];
  const merged: (readonly string[])[] = [];
  const places = new Int32Array(labels.length);
  for (const group of groups.values()) {
    // Sorting is stable: of equally frequent spellings the first one is kept.
    const ordered = [...group].sort((a, b) => (counts[b] as number) - (counts[a] as number));
    for (const place of group) places[place] = words.length;
    words.push(labels[ordered[0] as number] as string);
    if (group.length > 1) merged.push(ordered.map((place) => labels[place] as string));
  }
  return { words, places, merged };
}
