// The experiment on the controls: the only place where a setting's value changes.
import { create } from "zustand";
import { noPreset } from "../../experiment/canonicalLink";
import { checkTotals } from "../../experiment/cures";
import { differences } from "../../experiment/difference";
import type { FieldValue } from "../../experiment/fields";
import { findPreset, type Preset, presets } from "../../experiment/presets";
import {
  defaultExperiment,
  type Experiment,
  type FieldPath,
  fieldEntry,
  getValue,
  sameValue,
  withValue,
} from "../../experiment/schema";
import { recommendedSettings } from "../../experiment/tasks";
import type { Correction } from "../../experiment/validate";
import { checkValue } from "../../experiment/values";

type Changes = readonly (readonly [FieldPath, FieldValue])[];

interface Settings {
  experiment: Experiment;
  /** What ↺ returns to: the preset last loaded. */
  reference: Experiment;
  preset: Preset | null;
  /** Counts loads of whole experiments: each of them is a new run even where no setting differs. */
  loads: number;
  corrections: readonly Correction[];
  /** Changes several settings at once. @returns why it was refused, or null. */
  change(changes: Changes): string | null;
  /** Changes the data set together with the settings that suit it. */
  chooseData(kind: Experiment["data"]["kind"]): string | null;
  /** Goes over to another data set. @param changes what changes, the kind of data among it */
  replaceData(changes: Changes): string | null;
  load(preset: Preset): void;
  /** @param from name of the preset that it started from, or `noPreset`; null: the nearest is taken for it */
  open(experiment: Experiment, corrections: readonly Correction[], from?: string | null): void;
  dismissCorrections(): void;
}

/** Why the changed experiment may not run, or null. Totals that were exceeded before are no reason. */
function refuse(before: Experiment, after: Experiment, changes: Changes): string | null {
  for (const [path, value] of changes) {
    const message = checkValue(fieldEntry(path), value);
    if (message !== null) return message;
  }
  const known = new Set(checkTotals(before));
  return checkTotals(after).find((message) => !known.has(message)) ?? null;
}

/** Further away than this many settings, an experiment is somebody's own. */
const farthest = 4;

/** The preset that an opened experiment started from, as far as one can tell: same data, few differences. */
function nearestPreset(experiment: Experiment): Preset | null {
  const near = presets
    .filter((preset) => preset.experiment.data.kind === experiment.data.kind)
    .map((preset) => ({ preset, distance: differences(preset.experiment, experiment).length }))
    .filter(({ distance }) => distance <= farthest)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.preset ?? null;
}

/** What a link must say of the preset, for the texts and advice to be the same where it is opened; null: nothing. */
export function presetInLink({ experiment, preset }: Pick<Settings, "experiment" | "preset">) {
  return nearestPreset(experiment) === preset ? null : (preset?.name ?? noPreset);
}

/** What the data set before had brought with it and the next has no word on goes back to its default. */
function leftBehind(before: Experiment, next: Experiment["data"]["kind"]): Changes {
  const replaced = new Set(recommendedSettings[next].map(([path]) => path));
  return recommendedSettings[before.data.kind]
    .filter(([path, value]) => !replaced.has(path) && sameValue(getValue(before, path), value))
    .map(([path]) => [path, getValue(defaultExperiment, path)] as const);
}

export const useSettings = create<Settings>((set, get) => ({
  experiment: defaultExperiment,
  reference: defaultExperiment,
  preset: presets[0] ?? null,
  loads: 0,
  corrections: [],
  change(changes) {
    const { experiment } = get();
    const changed = changes.reduce(
      (held, [path, value]) => withValue(held, path, value),
      experiment,
    );
    const reason = refuse(experiment, changed, changes);
    if (reason === null) set({ experiment: changed });
    return reason;
  },
  chooseData(kind) {
    const { experiment } = get();
    if (kind === experiment.data.kind) return null;
    const changes = [...leftBehind(experiment, kind), ...recommendedSettings[kind]];
    return get().replaceData([["data.kind", kind], ...changes]);
  },
  replaceData(changes) {
    const reason = get().change(changes);
    // Another data set is another beginning: ↺ shall not lead back into the old one.
    if (reason === null) set({ preset: null, reference: get().experiment });
    return reason;
  },
  load(preset) {
    set({
      experiment: preset.experiment,
      reference: preset.experiment,
      preset,
      corrections: [],
      loads: get().loads + 1,
    });
  },
  open(experiment, corrections, from = null) {
    const preset = from === null ? nearestPreset(experiment) : (findPreset(from) ?? null);
    set({
      experiment,
      reference: preset?.experiment ?? defaultExperiment,
      preset,
      corrections,
      loads: get().loads + 1,
    });
  },
  dismissCorrections() {
    set({ corrections: [] });
  },
}));
