// Which groups of settings are folded away: remembered from visit to visit.
import type { SectionName } from "../../experiment/schema";
import { recall, remember } from "../store/storage";

/** On a phone, where all groups together are many screens long, the first visit shows those that matter most. */
const foldedOnPhone = "model,optimizer,augmentation,loss,averaging,stopping";
const phone = "(max-width: 539px), (max-width: 700px) and (min-height: 431px)";

function recalled(): Set<string> {
  const first = globalThis.matchMedia?.(phone).matches ? foldedOnPhone : "";
  return new Set((recall("folded") ?? first).split(",").filter((name) => name !== ""));
}

export function isFolded(section: SectionName): boolean {
  return recalled().has(section);
}

export function setFolded(section: SectionName, folded: boolean): void {
  const names = recalled();
  if (folded === names.has(section)) return;
  if (folded) names.add(section);
  else names.delete(section);
  remember("folded", [...names].join());
}
