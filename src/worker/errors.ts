// One form for every failure that crosses the wall, in words for the page.
import type { EngineErrorDescription } from "./protocol";

export class EngineError extends Error {
  override readonly name = "EngineError";

  constructor(
    readonly kind: EngineErrorDescription["kind"],
    message: string,
  ) {
    super(message);
  }
}

const kinds: Readonly<Record<string, EngineErrorDescription["kind"]>> = {
  DataMissingError: "data-missing",
  DataFileError: "data-bad",
  DataLineError: "data-bad",
  DataPointsError: "data-bad",
  DataPicturesError: "data-bad",
  DataSizeError: "bad-request",
  BackendUnavailableError: "backend",
  RangeError: "bad-request",
};

/** Describes anything thrown in the engine. Unknown failures are called internal and keep their text. */
export function describeError(error: unknown): EngineErrorDescription {
  if (error instanceof EngineError) return { kind: error.kind, message: error.message };
  if (error instanceof Error) {
    return { kind: kinds[error.name] ?? "internal", message: error.message };
  }
  return { kind: "internal", message: String(error) };
}
