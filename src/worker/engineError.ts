// A failure of the engine on either side of the wall.
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
