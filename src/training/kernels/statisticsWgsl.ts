// Shaders of the weights' figures: a workgroup for each kernel, or one for all weights together.
import { finiteness } from "./deviceProgram";
import {
  figureNames,
  histogramBins,
  largestExponent,
  nearZeroThreshold,
  type Segment,
  smallestExponent,
  statisticsWidth,
} from "./weightStatistics";

/** Invocations of a workgroup: as many as every device allows. */
const lanes = 256;

/** Bits tell what is exactly 0, too. */
const bits = `${finiteness}
fn isZero(value : f32) -> bool { return (bitcast<u32>(value) & 0x7fffffffu) == 0u; }`;

/** Sum and maximum over the lanes of a workgroup, the same for all of them. */
const reduce = (name: string, combine: string) => `
fn ${name}(lane : u32, value : f32) -> f32 {
  partial[lane] = value;
  workgroupBarrier();
  for (var half = ${lanes / 2}u; half > 0u; half /= 2u) {
    if (lane < half) { partial[lane] = ${combine}; }
    workgroupBarrier();
  }
  let found = partial[0];
  workgroupBarrier();
  return found;
}`;

const reductions = `
var<workgroup> partial : array<f32, ${lanes}>;
${reduce("total", "partial[lane] + partial[lane + half]")}
${reduce("largestOf", "max(partial[lane], partial[lane + half])")}`;

/** histogramRange by exponent bits. */
const range = `
fn rangeOf(largest : f32) -> f32 {
  let word = bitcast<u32>(largest);
  var exponent = i32(word >> 23u) - 127;
  if ((word & 0x7fffffu) != 0u) { exponent++; }
  exponent = clamp(exponent, ${smallestExponent}, ${largestExponent});
  return bitcast<f32>(u32(exponent + 127) << 23u);
}`;

const main = `
@compute @workgroup_size(${lanes})
fn main(
  @builtin(workgroup_id) workgroup : vec3<u32>,
  @builtin(local_invocation_index) lane : u32,
) {`;

const figure = (name: (typeof figureNames)[number]) => figureNames.indexOf(name);

/** One workgroup for each kernel. The first pass goes by units, the second counts into bins whose range the first found. */
export function printStatistics(segments: readonly Segment[]): string {
  const list = segments.map(
    ({ offset, size, units }) => `vec3<u32>(${offset}u, ${size}u, ${units}u)`,
  );
  return `
@group(0) @binding(0) var<storage, read> weights : array<f32>;
@group(0) @binding(1) var<storage, read_write> result : array<f32>;
var<workgroup> bins : array<atomic<u32>, ${histogramBins}>;
${bits}
${reductions}
${range}
${main}
  var segments = array<vec3<u32>, ${segments.length}>(${list.join(", ")});
  let offset = segments[workgroup.x].x;
  let size = segments[workgroup.x].y;
  let units = segments[workgroup.x].z;
  var sums = array<f32, ${figureNames.length}>();
  for (var unit = lane; unit < units; unit += ${lanes}u) {
    var square = 0.0;
    var used = false;
    for (var i = unit; i < size; i += units) {
      let value = weights[offset + i];
      used = used || !isZero(value);
      if (!isFinite(value)) { sums[${figure("notFinite")}] += 1.0; continue; }
      let length = abs(value);
      square += length * length;
      sums[${figure("norm1")}] += length;
      sums[${figure("largest")}] = max(sums[${figure("largest")}], length);
      if (length < ${nearZeroThreshold}) { sums[${figure("nearZero")}] += 1.0; }
      if (isZero(value)) { sums[${figure("exactZero")}] += 1.0; }
    }
    sums[${figure("squares")}] += square;
    sums[${figure("longestSquare")}] = max(sums[${figure("longestSquare")}], square);
    if (!used) { sums[${figure("unitsOff")}] += 1.0; }
  }
  let place = workgroup.x * ${statisticsWidth}u;
  ${figureNames
    .map((name, index) => {
      const combine = name === "largest" || name === "longestSquare" ? "largestOf" : "total";
      return `let figure${index} = ${combine}(lane, sums[${index}]);`;
    })
    .join("\n  ")}
  if (lane == 0u) {
    ${figureNames.map((_, index) => `result[place + ${index}u] = figure${index};`).join("\n    ")}
  }
  if (lane < ${histogramBins}u) { atomicStore(&bins[lane], 0u); }
  workgroupBarrier();
  let scale = ${histogramBins / 2}.0 / rangeOf(figure${figure("largest")});
  for (var i = lane; i < size; i += ${lanes}u) {
    let value = weights[offset + i];
    if (!isFinite(value)) { continue; }
    let bin = clamp(floor(value * scale) + ${histogramBins / 2}.0, 0.0, ${histogramBins - 1}.0);
    atomicAdd(&bins[u32(bin)], 1u);
  }
  workgroupBarrier();
  if (lane < ${histogramBins}u) {
    result[place + ${figureNames.length}u + lane] = f32(atomicLoad(&bins[lane]));
  }
}`;
}

/** One workgroup for all weights. */
export function printScalars(scoped: boolean): string {
  return `
@group(0) @binding(0) var<storage, read> weights : array<f32>;
@group(0) @binding(1) var<storage, read> kernels : array<f32>;
${scoped ? "@group(0) @binding(2) var<storage, read> scope : array<f32>;" : ""}
@group(0) @binding(${scoped ? 3 : 2}) var<storage, read_write> result : array<f32>;
${bits}
${reductions}
${main}
  let count = arrayLength(&weights);
  var kernelSquares = 0.0;
  var near = 0.0;
  var exact = 0.0;
  var absolutes = 0.0;
  var squares = 0.0;
  var bad = 0.0;
  for (var i = lane + workgroup.x; i < count; i += ${lanes}u) {
    let value = weights[i];
    let size = abs(value);
    let factor = ${scoped ? "scope[i]" : "1.0"};
    kernelSquares += size * size * kernels[i];
    absolutes += size * factor;
    squares += size * size * factor;
    if (!isFinite(value)) { bad += 1.0; continue; }
    if (size < ${nearZeroThreshold}) { near += 1.0; }
    if (isZero(value)) { exact += 1.0; }
  }
  let allBad = total(lane, bad);
  let norm = sqrt(total(lane, kernelSquares));
  let nearShare = total(lane, near) / f32(count);
  let exactShare = total(lane, exact) / f32(count);
  let sum = total(lane, absolutes);
  let half = 0.5 * total(lane, squares);
  if (lane > 0u) { return; }
  // NaN whatever a compiler makes of sums with it.
  result[0] = notANumberIf(allBad > 0.0, norm);
  result[1] = nearShare;
  result[2] = exactShare;
  result[3] = sum;
  result[4] = half;
}`;
}
