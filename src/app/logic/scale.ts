// Where a number sits on its slider and back: even or logarithmic, with snap points, all read from the field.
import type { NumberField } from "../../experiment/fields";

/** Share of the track left of a logarithmic scale that stands for its minimum (often 0). */
const minimumZone = 0.05;
/** A slider within this share of the track of a snap point takes it. */
const snapDistance = 0.016;

interface LogRange {
  readonly low: number;
  readonly high: number;
  /** Share of the track where the logarithmic part begins. */
  readonly start: number;
}

function logRange(field: NumberField): LogRange {
  const low = field.smallest ?? field.minimum;
  return {
    low,
    high: field.maximum,
    start: field.minimum < low ? minimumZone : 0,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Place of a value on the track, in [0, 1]. */
export function toPosition(field: NumberField, value: number): number {
  const held = clamp(value, field.minimum, field.maximum);
  if (field.scale === "linear") {
    return (held - field.minimum) / (field.maximum - field.minimum);
  }
  const { low, high, start } = logRange(field);
  if (held === field.minimum) return 0;
  const share = Math.log(Math.max(held, low) / low) / Math.log(high / low);
  return start + share * (1 - start);
}

/** Exact value under a place on the track, before snapping and rounding. */
function rawValue(field: NumberField, position: number): number {
  const share = clamp(position, 0, 1);
  if (field.scale === "linear") {
    return field.minimum + share * (field.maximum - field.minimum);
  }
  const { low, high, start } = logRange(field);
  if (share < start / 2 || share === 0) return field.minimum;
  return low * (high / low) ** clamp((share - start) / (1 - start), 0, 1);
}

/** A step that reads well: the largest of 1, 2, 5 times a power of ten below a hundredth of the range. */
function linearStep(field: NumberField): number {
  if (field.type === "integer") return 1;
  const target = (field.maximum - field.minimum) / 100;
  const power = 10 ** Math.floor(Math.log10(target * 1.1));
  const factor = [5, 2, 1].find((candidate) => candidate * power <= target * 1.1) ?? 1;
  return factor * power;
}

function round(field: NumberField, value: number): number {
  if (field.scale === "logarithmic") {
    const short = Number(value.toPrecision(2));
    return clamp(
      field.type === "integer" ? Math.round(short) : short,
      field.minimum,
      field.maximum,
    );
  }
  const step = linearStep(field);
  const rounded = Number((Math.round(value / step) * step).toPrecision(12));
  return clamp(rounded, field.minimum, field.maximum);
}

/** Value under a place on the track: the snap point nearby, or the nearest number that reads well. */
export function toValue(field: NumberField, position: number): number {
  let nearest: number | undefined;
  let distance = snapDistance;
  for (const snap of field.snaps) {
    const gap = Math.abs(toPosition(field, snap) - position);
    if (gap <= distance) {
      nearest = snap;
      distance = gap;
    }
  }
  return nearest ?? round(field, rawValue(field, position));
}

/** The next snap point up or down, or the next step where the field has none. */
export function nextStop(field: NumberField, value: number, direction: 1 | -1): number {
  const stops = [...field.snaps, field.minimum, field.maximum].sort((a, b) => a - b);
  if (field.snaps.length === 0) {
    return clamp(value + direction * linearStep(field), field.minimum, field.maximum);
  }
  const found =
    direction > 0
      ? stops.find((stop) => stop > value)
      : stops.reverse().find((stop) => stop < value);
  return found ?? value;
}
