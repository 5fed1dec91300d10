// What of an event is handed over rather than copied: large arrays that were made for the page alone.
import type { EventMessage } from "./protocol";

/** Buffers of the views whose arrays nobody in the worker keeps; the other panels' may be shared with it. */
export function buffersOf(message: EventMessage): ArrayBuffer[] {
  if (message.event !== "frame") return [];
  const { filters = [], maps } = message.frame;
  const arrays = [
    ...filters.flatMap(({ weights, largest }) => [weights, largest]),
    ...(maps?.stages ?? []).flatMap(({ values, dropped }) => [
      values,
      ...(dropped ? [dropped] : []),
    ]),
  ];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}
