// Colour pictures of ten kinds of shapes and textures without any file: the set on which a convolutional network overfits within minutes.
import {
  type Colour,
  colourDistance,
  contrastingColour,
  coverPixel,
  developScene,
  mixColours,
  paintGradient,
  paintSpot,
  paintStroke,
  randomColour,
  type Scene,
  sceneBytes,
  sceneSide,
} from "./colourScene";
import { RandomSequence, Stream } from "./random";
import {
  largestReach,
  type ShapeDistance,
  type ShapeTraits,
  shapeDistances,
  shapeNames,
} from "./shapeOutlines";

/** A trait of the pictures: its value at noise 0 and what noise 1 adds. */
interface Amount {
  readonly clean: number;
  readonly added: number;
}

/** How the pictures change from noise 0 (clean) to 1 (hard). */
const variation = {
  /** Smallest and largest radius of a disc, pixels. */
  smallest: { clean: 8, added: -3 },
  largest: { clean: 10.5, added: 1 },
  /** How far a shape may leave the picture, share of its radius. */
  leaving: { clean: 0, added: 0.4 },
  /** Largest logarithm of width over height, half of it for each (even). */
  stretch: { clean: 0.04, added: 0.36 },
  /** Brightest channel of the ground and darkest of the shape: clean shapes are the brighter, at noise 1 either may be. */
  brightestGround: { clean: 0.5, added: 0.5 },
  darkestShape: { clean: 0.4, added: -0.4 },
  /** Least difference that background and shape are drawn with (see colourDistance). */
  contrast: { clean: 0.45, added: -0.25 },
  /** Largest transparency of the shape (even). */
  fading: { clean: 0, added: 0.45 },
  /** How far the background runs from one colour towards another. */
  gradient: { clean: 0.12, added: 0.5 },
  /** How far the shape's colour runs from one side to the other. */
  shading: { clean: 0, added: 0.4 },
  /** Most spots and strokes behind the shape, and strokes across it (even). */
  spots: { clean: 0, added: 6 },
  strokesBehind: { clean: 0, added: 6 },
  strokesAcross: { clean: 0, added: 3 },
  /** How much clutter may take on the shape's own colour (even share). */
  confusion: { clean: 0, added: 1 },
  /** Standard deviation of the grain of single values, share of full brightness. */
  grain: { clean: 0, added: 0.16 },
} as const satisfies Record<string, Amount>;

function amount(of: Amount, noise: number): number {
  return of.clean + of.added * noise;
}

/** A number of things, 0 … most, evenly. */
function upTo(most: number, sequence: RandomSequence): number {
  return Math.floor(sequence.uniform() * (most + 1));
}

/** Where a shape lies, and its traits. */
interface Placement {
  readonly x: number;
  readonly y: number;
  readonly cosine: number;
  readonly sine: number;
  /** The shape is this much wider and less high. */
  readonly stretch: number;
  readonly traits: ShapeTraits;
}

const lineWidth = { smallest: 1.7, largest: 2.7 } as const;
/** A line takes at most this share of the radius, so that an open shape stays open. */
const widestLine = 0.34;
const gridWidth = { smallest: 3.1, largest: 4.3 } as const;

function drawTraits(noise: number, sequence: RandomSequence): ShapeTraits {
  const smallest = amount(variation.smallest, noise);
  const radius = sequence.between(smallest, amount(variation.largest, noise));
  const line = sequence.between(lineWidth.smallest, lineWidth.largest);
  return {
    radius,
    line: Math.min(line, widestLine * radius),
    grid: sequence.between(gridWidth.smallest, gridWidth.largest),
    phaseX: sequence.between(0, 2 * gridWidth.largest),
    phaseY: sequence.between(0, 2 * gridWidth.largest),
    squarePatch: sequence.uniform() < 0.5,
  };
}

function drawPlacement(noise: number, sequence: RandomSequence): Placement {
  const traits = drawTraits(noise, sequence);
  const reach = traits.radius * (largestReach - amount(variation.leaving, noise));
  // A shape too large to move stays in the middle.
  const margin = Math.min(reach, (sceneSide - 1) / 2);
  const turn = 2 * Math.PI * sequence.uniform();
  const stretch = amount(variation.stretch, noise) * (sequence.uniform() - 0.5);
  return {
    x: sequence.between(margin, sceneSide - 1 - margin),
    y: sequence.between(margin, sceneSide - 1 - margin),
    cosine: Math.cos(turn),
    sine: Math.sin(turn),
    stretch: Math.exp(stretch),
    traits,
  };
}

/** How the shape is coloured: from one colour to another along its own axis, and how opaque. */
interface Paint {
  readonly from: Colour;
  readonly to: Colour;
  readonly cover: number;
}

/** Lays the shape over the scene; an edge fades over one pixel. */
function paintShape(scene: Scene, distance: ShapeDistance, at: Placement, paint: Paint): void {
  const { traits, stretch } = at;
  const length = traits.radius * largestReach;
  const reach = length * Math.max(stretch, 1 / stretch) + 1;
  const first = (centre: number) => Math.max(0, Math.ceil(centre - reach));
  const last = (centre: number) => Math.min(sceneSide - 1, Math.floor(centre + reach));
  for (let row = first(at.y); row <= last(at.y); row++) {
    for (let column = first(at.x); column <= last(at.x); column++) {
      const dx = column - at.x;
      const dy = row - at.y;
      const x = (at.cosine * dx + at.sine * dy) / stretch;
      const y = (at.cosine * dy - at.sine * dx) * stretch;
      const cover = Math.max(0, Math.min(1, 0.5 - distance(x, y, traits)));
      if (cover === 0) continue;
      const share = Math.max(0, Math.min(1, 0.5 + y / (2 * length)));
      const colour = mixColours(paint.from, paint.to, share);
      coverPixel(scene, row * sceneSide + column, colour, cover * paint.cover);
    }
  }
}

/** Opacity of clutter. */
const clutterCover = { least: 0.35, most: 0.9 } as const;

type ClutterPainter = typeof paintStroke;

/** Things that are no shapes; with noise their colours come near the shape's, so that colour alone tells nothing. */
function paintClutter(
  scene: Scene,
  paint: ClutterPainter,
  most: number,
  shape: Colour,
  noise: number,
  sequence: RandomSequence,
): void {
  const count = upTo(most, sequence);
  for (let i = 0; i < count; i++) {
    const share = amount(variation.confusion, noise) * sequence.uniform();
    const colour = mixColours(randomColour(sequence), shape, share);
    const cover = sequence.between(clutterCover.least, clutterCover.most);
    paint(scene, colour, cover, sequence);
  }
}

/** A colour some way towards another, but never so far that the shape melts into the ground. */
function shade(from: Colour, ground: Colour, share: number, sequence: RandomSequence): Colour {
  const to = mixColours(from, randomColour(sequence), share);
  return colourDistance(to, ground) < 0.6 * colourDistance(from, ground) ? from : to;
}

const scene: Scene = new Float32Array(sceneBytes);

/**
 * Draws one picture. The same arguments give the same bytes.
 * @param kind 0 … 9, see shapeNames
 * @param noise 0 (plain ground, one clear shape) … 1 (small, stretched, faint, among clutter and grain)
 * @param seed of the experiment
 * @param step number of the picture, any 32-bit word
 * @param bytes receives [32, 32, 3], 0 … 255; a new array when left out
 */
export function drawShape(
  kind: number,
  noise: number,
  seed: number,
  step: number,
  bytes: Uint8Array = new Uint8Array(sceneBytes),
): Uint8Array {
  const name = shapeNames[kind];
  if (!name) throw new RangeError(`A shape is 0 … ${shapeNames.length - 1}, not ${kind}.`);
  const sequence = new RandomSequence(seed, Stream.pictures, step);
  const brightest = amount(variation.brightestGround, noise);
  const ground = randomColour(sequence, 0, brightest);
  const shape = contrastingColour(
    ground,
    amount(variation.contrast, noise),
    amount(variation.darkestShape, noise),
    sequence,
  );
  const other = randomColour(sequence, 0, brightest);
  const far = mixColours(ground, other, amount(variation.gradient, noise));
  paintGradient(scene, ground, far, sequence);
  const clutter = (paint: ClutterPainter, most: Amount) =>
    paintClutter(scene, paint, amount(most, noise), shape, noise, sequence);
  clutter(paintSpot, variation.spots);
  clutter(paintStroke, variation.strokesBehind);
  paintShape(scene, shapeDistances[name], drawPlacement(noise, sequence), {
    from: shape,
    to: shade(shape, ground, amount(variation.shading, noise), sequence),
    cover: 1 - amount(variation.fading, noise) * sequence.uniform(),
  });
  clutter(paintStroke, variation.strokesAcross);
  developScene(scene, amount(variation.grain, noise), seed, step, bytes);
  return bytes;
}
