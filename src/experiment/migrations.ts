// Old links keep working: one step per version turns its names and values into those of the next.

export const newestVersion = 1;

type Pairs = Map<string, string>;

/** migrations[n] turns a link of version n into one of version n + 1. */
const migrations: Readonly<Record<number, (pairs: Pairs) => Pairs>> = {};

/**
 * Brings the pairs of a link to the newest version.
 * @param note receives a message when the version is missing or unknown.
 */
export function migrate(
  pairs: ReadonlyMap<string, string>,
  note: (message: string) => void,
): Pairs {
  const held: Pairs = new Map(pairs);
  const stated = held.get("v");
  let version = Number(stated);
  if (stated === undefined || !Number.isInteger(version) || version < 1) {
    note(
      stated === undefined
        ? `The link states no version (v=${newestVersion}); it was read as version ${newestVersion}.`
        : `The link's version "${stated.slice(0, 12)}" is not a whole number from 1; it was read as version ${newestVersion}.`,
    );
    version = newestVersion;
  } else if (version > newestVersion) {
    note(
      `The link is of version ${version}, made by a newer page than this one (version ${newestVersion}). Settings that it does not know are left out; reload the page to get the newest. The address keeps the link as it is.`,
    );
    version = newestVersion;
  }
  let migrated = held;
  for (; version < newestVersion; version++) migrated = migrations[version]?.(migrated) ?? migrated;
  return migrated;
}
