// How the command line ends: 0 done, 2 bad input, 3 divergence; 1 is left to failed comparisons and defects.

export const exitCode = { done: 0, failed: 1, badInput: 2, diverged: 3 } as const;

/** Something the user gave that cannot be used; its message goes to stderr as it is. */
export class InputError extends Error {
  override readonly name = "InputError";
}

const inputErrors = new Set([
  "InputError",
  "DataMissingError",
  "DataFileError",
  "DataLineError",
  "DataPointsError",
  "DataPicturesError",
  "DataSizeError",
  "BackendUnavailableError",
]);

/** Runs a command and turns what it throws into a message and an exit code. */
export async function runCommand(command: () => Promise<number>): Promise<never> {
  try {
    process.exit(await command());
  } catch (error) {
    if (error instanceof Error && inputErrors.has(error.name)) {
      console.error(error.message);
      process.exit(exitCode.badInput);
    }
    console.error(error);
    process.exit(exitCode.failed);
  }
}
