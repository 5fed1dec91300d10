// Places kept in the schema for techniques that are not built yet, so that their names in links stay free and a link from a newer page is explained.

/** Where a technique will live. */
export interface ReservedPlace {
  readonly key: string;
  readonly path: string;
  readonly technique: string;
}

export const reservedPlaces: readonly ReservedPlace[] = [
  { key: "noisein", path: "regularization.inputNoise", technique: "Noise on inputs" },
  { key: "noiseweight", path: "regularization.weightNoise", technique: "Noise on weights" },
  { key: "layers", path: "regularization.layerMultipliers", technique: "Strength per layer" },
  { key: "crop", path: "augmentation.crop", technique: "Crop with padding" },
  { key: "flip", path: "augmentation.flip", technique: "Flip" },
  { key: "jitter", path: "augmentation.jitter", technique: "Brightness, contrast and saturation" },
  { key: "erase", path: "augmentation.erasing", technique: "Random erasing" },
  { key: "mixup", path: "augmentation.mixup", technique: "Mixup" },
];

/** The technique behind a name of a link that this version does not offer yet. */
export function reservedTechnique(name: string): string | undefined {
  return reservedPlaces.find((place) => place.key === name || place.path === name)?.technique;
}
