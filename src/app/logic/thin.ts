// Keeps a bounded record of a run of unknown length: when it is full every second entry goes and the spacing doubles.

export class ThinnedRecord<T> {
  private entries: T[] = [];
  private stride = 1;
  private seen = 0;

  constructor(private readonly limit: number) {}

  /**
   * Adds an entry, if its turn has come. The first entry is always kept.
   * @param same tells whether an entry takes the place of the last one instead
   */
  add(entry: T, same: (a: T, b: T) => boolean = () => false): void {
    const last = this.entries.at(-1);
    if (last !== undefined && same(last, entry)) {
      this.entries[this.entries.length - 1] = entry;
      return;
    }
    if (this.seen % this.stride === 0) this.entries.push(entry);
    this.seen++;
    if (this.entries.length > this.limit) {
      this.entries = this.entries.filter((_, index) => index % 2 === 0);
      this.stride *= 2;
    }
  }

  /** Drops entries at the end for as long as they are outdated. */
  dropWhile(isOutdated: (entry: T) => boolean): void {
    while (this.entries.length > 0 && isOutdated(this.entries.at(-1) as T)) this.entries.pop();
  }

  get all(): readonly T[] {
    return this.entries;
  }

  clear(): void {
    this.entries = [];
    this.stride = 1;
    this.seen = 0;
  }
}

/** At most `count` entries, evenly spread over [first, until] by `key`; the last at or before `until` is always among them. */
export function spread<T>(
  entries: readonly T[],
  key: (entry: T) => number,
  until: number,
  count: number,
): T[] {
  const within = entries.filter((entry) => key(entry) <= until);
  if (within.length <= count) return within;
  const first = key(within[0] as T);
  const last = key(within[within.length - 1] as T);
  const chosen: T[] = [];
  let at = 0;
  for (let slot = 0; slot < count; slot++) {
    const target = first + ((last - first) * slot) / (count - 1);
    const reserve = count - slot - 1;
    while (at < within.length - 1 - reserve && key(within[at] as T) < target) at++;
    chosen.push(within[at] as T);
    at = Math.min(at + 1, within.length - 1);
  }
  chosen[count - 1] = within[within.length - 1] as T;
  return chosen;
}
