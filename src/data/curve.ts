// One-dimensional regression, where too little, right and too much fitting can be seen as a line.
import type { RandomSequence } from "./random";

/** Strength of clumping, 0 (even) … <1 (gaps empty), and number of clumps in −1 … 1. */
const clumping = 0.75;
const clumps = 4;

/**
 * The smooth curve behind the examples: a sine that bends and grows to the right.
 * @param x −1 … 1
 * @returns about −0.7 … 1.2
 */
export function curveValue(x: number): number {
  const swing = 0.75 * Math.sin(1.4 * Math.PI * x + 0.4);
  const bend = 0.55 * x * x - 0.25 * x - 0.15;
  return swing + bend;
}

/**
 * Draws one example. Positions clump a little, alike in all parts, so that small training parts leave gaps
 * in which a flexible network wiggles; no place is empty, so large parts close the gaps.
 * @param noise standard deviation of the Gaussian error, on the curve's scale of about ±1
 */
export function generateCurvePoint(
  noise: number,
  sequence: RandomSequence,
): { readonly x: number; readonly y: number } {
  const even = sequence.between(-1, 1);
  const frequency = Math.PI * clumps;
  // x grows slowest where the cosine is 1: there are the clumps.
  const x = even - (clumping / frequency) * Math.sin(frequency * even);
  return { x, y: curveValue(x) + noise * sequence.normal() };
}
