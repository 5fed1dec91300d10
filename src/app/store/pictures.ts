// The pictures that a learner sorted into classes, with everything needed to take a drop back, and what is being read.
import { create } from "zustand";
import type { Album } from "../../data/album/album";

/** Files that are being read. */
export interface Reading {
  readonly done: number;
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
  /** Why files were left out, a sentence each. */
  readonly problems: readonly string[];
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
  reading: null,
  kept: true,
};

export const usePictures = create<Pictures>(() => noPictures);
