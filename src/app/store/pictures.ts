// The pictures that a learner sorted into classes, with everything needed to take a drop back, and what is being read.
import { create } from "zustand";
import type { Album } from "../../data/album/album";
import type { RefusedFile } from "../../data/album/judge";
import type { ReadImage } from "../../data/album/remarks";

/** Files that are being read. */
export interface Reading {
  readonly done: number;
  /** 0 while archives are opened, and the number is not known yet. */
  readonly total: number;
  /** At the pace so far; null while that says nothing. */
  readonly secondsLeft: number | null;
}

interface Pictures {
  readonly album: Album;
  /** What can be undone, the latest last. */
  readonly past: readonly Album[];
  /** What was undone, the latest last. */
  readonly future: readonly Album[];
  /** What went wrong with a load as a whole, a sentence each. */
  readonly problems: readonly string[];
  /** Files of the last load that were left out. */
  readonly refused: readonly RefusedFile[];
  /** Images of the last load that were taken. */
  readonly read: readonly ReadImage[];
  /** What else is worth knowing of the last load, a sentence each. */
  readonly notes: readonly string[];
  readonly reading: Reading | null;
  /** False where this browser keeps nothing between visits. */
  readonly kept: boolean;
}

/** Two classes to begin with, as every task has at least. */
export const emptyAlbum: Album = [
  { name: "class 1", pictures: [] },
  { name: "class 2", pictures: [] },
];

export const noPictures: Pictures = {
  album: emptyAlbum,
  past: [],
  future: [],
  problems: [],
  refused: [],
  read: [],
  notes: [],
  reading: null,
  kept: true,
};

export const usePictures = create<Pictures>(() => noPictures);
