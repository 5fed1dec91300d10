/** The project's folder. */
export const root: string;
/** Installs the packages of the lock file where they are missing. */
export function ensureInstalled(): Promise<void>;
