// Shaders of normalization: a workgroup for each group forward and back, and one for each feature's scale and shift.
import { printBindings } from "./deviceProgram";
import type { NormalizeAttributes } from "./normalize";

/** Invocations of a workgroup. */
export const lanes = 64;

type Sizes = Omit<NormalizeAttributes, "examples">;

/** Sum of a value over the lanes of a workgroup, the same for all of them. */
const total = `
var<workgroup> partial : array<f32, ${lanes}>;
fn total(lane : u32, value : f32) -> f32 {
  partial[lane] = value;
  workgroupBarrier();
  for (var half = ${lanes / 2}u; half > 0u; half /= 2u) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  let sum = partial[0];
  workgroupBarrier();
  return sum;
}`;

const main = `
@compute @workgroup_size(${lanes})
fn main(
  @builtin(workgroup_id) workgroup : vec3<u32>,
  @builtin(num_workgroups) workgroups : vec3<u32>,
  @builtin(local_invocation_index) lane : u32,
) {
  let row = workgroup.x + workgroup.y * workgroups.x;`;

/** Where value k of the group `row` lies, and which feature it belongs to. */
function places({ places, groups, width }: Sizes): string {
  const features = groups * width;
  return `
const count = ${places * width}u;
fn featureOf(row : u32, k : u32) -> u32 { return (row % ${groups}u) * ${width}u + k % ${width}u; }
fn placeOf(row : u32, k : u32) -> u32 {
  return (row / ${groups}u) * ${places * features}u + (k / ${width}u) * ${features}u + featureOf(row, k);
}`;
}

const float = (value: number) => `f32(${value})`;

/** One workgroup for each group. */
export function printForward(sizes: Sizes, hasShift: boolean): string {
  const { epsilon, centred } = sizes;
  const mean = `
  var sum = 0.0;
  for (var k = lane; k < count; k += ${lanes}u) { sum += x[placeOf(row, k)]; }
  let centre = total(lane, sum) / f32(count);`;
  return `${printBindings(["x", "scale", ...(hasShift ? ["shift"] : [])], ["y", "mean", "variance"])}
${total}
${places(sizes)}
${main}
  if (row >= arrayLength(&mean)) { return; }
  ${centred ? mean : "let centre = 0.0;"}
  var squares = 0.0;
  for (var k = lane; k < count; k += ${lanes}u) {
    let distance = x[placeOf(row, k)] - centre;
    squares += distance * distance;
  }
  let spread = total(lane, squares) / f32(count);
  let perDeviation = 1.0 / sqrt(spread + ${float(epsilon)});
  for (var k = lane; k < count; k += ${lanes}u) {
    let place = placeOf(row, k);
    let feature = featureOf(row, k);
    y[place] = (x[place] - centre) * perDeviation * scale[feature]${hasShift ? " + shift[feature]" : ""};
  }
  if (lane == 0u) {
    mean[row] = centre;
    variance[row] = spread;
  }
}`;
}

/** One workgroup for each group: dx, and with `withFeatures` also the gradients of scale and shift. */
export function printBackward(sizes: Sizes, withFeatures: boolean): string {
  const { epsilon, centred } = sizes;
  return `${printBindings(
    ["dy", "x", "scale", "mean", "variance"],
    withFeatures ? ["dx", "dScale", "dShift"] : ["dx"],
  )}
${total}
${places(sizes)}
${main}
  if (row >= arrayLength(&mean)) { return; }
  let centre = mean[row];
  let perDeviation = 1.0 / sqrt(variance[row] + ${float(epsilon)});
  var sum = 0.0;
  var along = 0.0;
  for (var k = lane; k < count; k += ${lanes}u) {
    let place = placeOf(row, k);
    let slope = dy[place] * scale[featureOf(row, k)];
    sum += slope;
    along += slope * (x[place] - centre) * perDeviation;
  }
  let meanOf = total(lane, sum) / f32(count);
  let meanAlong = total(lane, along) / f32(count);
  for (var k = lane; k < count; k += ${lanes}u) {
    let place = placeOf(row, k);
    let normalized = (x[place] - centre) * perDeviation;
    let slope = dy[place] * scale[featureOf(row, k)];
    dx[place] = perDeviation * (slope ${centred ? "- meanOf" : ""} - normalized * meanAlong);
  }
  ${withFeatures ? featuresOfGroup : ""}
}`;
}

/** Sums without the scale, which may be 0. */
const featuresOfGroup = `
  var shiftSum = 0.0;
  var scaleSum = 0.0;
  for (var k = lane; k < count; k += ${lanes}u) {
    let place = placeOf(row, k);
    shiftSum += dy[place];
    scaleSum += dy[place] * (x[place] - centre) * perDeviation;
  }
  let shiftTotal = total(lane, shiftSum);
  let scaleTotal = total(lane, scaleSum);
  if (lane == 0u) {
    dShift[row] = shiftTotal;
    dScale[row] = scaleTotal;
  }`;

/** One workgroup for each feature: the gradients of scale and shift over all examples and places. */
export function printFeatures({ places, groups, width, epsilon }: Sizes): string {
  return `${printBindings(["dy", "x", "mean", "variance"], ["dScale", "dShift"])}
${total}
${main}
  if (row >= arrayLength(&dScale)) { return; }
  var shiftSum = 0.0;
  var scaleSum = 0.0;
  let count = arrayLength(&x) / ${groups * width}u;
  for (var k = lane; k < count; k += ${lanes}u) {
    let place = k * ${groups * width}u + row;
    let group = (k / ${places}u) * ${groups}u + row / ${width}u;
    let perDeviation = 1.0 / sqrt(variance[group] + ${float(epsilon)});
    shiftSum += dy[place];
    scaleSum += dy[place] * (x[place] - mean[group]) * perDeviation;
  }
  let shiftTotal = total(lane, shiftSum);
  let scaleTotal = total(lane, scaleSum);
  if (lane == 0u) {
    dShift[row] = shiftTotal;
    dScale[row] = scaleTotal;
  }
}`;
}
