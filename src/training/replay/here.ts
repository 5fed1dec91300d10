// The way to replay recorded steps on the backend in use.
import { HeapReplay } from "./heap/replay";
import { Replay } from "./replay";
import type { StepReplay } from "./stepReplay";

/** Null where steps are taken as usual only. */
export function replayHere(): StepReplay | null {
  return Replay.here() ?? HeapReplay.here();
}
