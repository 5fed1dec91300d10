// One form for every failure that crosses the wall, in words for the page.
import { EngineError } from "./engineError";
import type { EngineErrorDescription } from "./protocol";

export { EngineError };

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

/** The engine's own range errors are sentences; those of browsers ("Array buffer allocation failed") are not. */
const isSentence = (message: string) =>
  /^[A-Z].*\.$/s.test(message) && !/call stack|out of memory/i.test(message);

/**
 * Describes anything thrown in the engine. Unknown failures are called internal and keep their name and text, for the page to
 * find words for.
 */
export function describeError(error: unknown): EngineErrorDescription {
  if (error instanceof EngineError) return { kind: error.kind, message: error.message };
  if (!(error instanceof Error)) return { kind: "internal", message: String(error) };
  const { name, message } = error;
  const kind = name === "RangeError" && !isSentence(message) ? undefined : kinds[name];
  if (kind) return { kind, message };
  return { kind: "internal", message: name === "Error" ? message : `${name}: ${message}` };
}
