// What the page needs of a worker's client: small enough that a test can stand in for it.
import type { CallName, Calls, EngineErrorDescription, EventMessage } from "../../worker/protocol";

export interface Connection {
  call<Name extends CallName>(
    name: Name,
    request: Calls[Name]["request"],
  ): Promise<Calls[Name]["reply"]>;
  dispose(): void;
}

export type Connect = (listener: (event: EventMessage) => void) => Connection;

/** A failure in words, whatever was thrown. */
export function describeError(error: unknown): EngineErrorDescription {
  if (error instanceof Error) {
    const kind = (error as Error & { kind?: EngineErrorDescription["kind"] }).kind;
    return { kind: kind ?? "internal", message: error.message };
  }
  return { kind: "internal", message: String(error) };
}
