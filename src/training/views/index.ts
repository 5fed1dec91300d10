// Registry of the panels: what is measured for the page beside the curves, one line for each.
import { augmented } from "./augmented";
import { filters } from "./filters";
import { gallery } from "./gallery";
import { groups } from "./groups";
import { weights } from "./layers";
import { maps } from "./maps";
import type { PanelDefinition } from "./panel";
import { boundary, curve, neurons } from "./plane";
import { predictions } from "./predictions";
import { report } from "./report";
import { unitNorms } from "./unitNorms";

export type { Panel, PanelContext, PanelDefinition, Subject } from "./panel";
export { panelContext } from "./panel";

/** Named like their data in a frame. */
export const panels = {
  weights,
  boundary,
  neurons,
  curve,
  gallery,
  report,
  groups,
  predictions,
  filters,
  maps,
  augmented,
  unitNorms,
};

export type PanelName = keyof typeof panels;

type DataOf<Definition> = Definition extends PanelDefinition<infer Data> ? Data : never;

/** What each panel brings. */
export type PanelData = { readonly [Name in PanelName]: DataOf<(typeof panels)[Name]> };
