// Fragment shaders of the weights' figures: fragments write each for themselves, so sums and counts are made in stages.
import { weightScalarNames } from "./weightScalars";
import {
  type FigureName,
  figureNames,
  histogramBins,
  largestExponent,
  nearZeroThreshold,
  type Segment,
  smallestExponent,
  statisticsWidth,
} from "./weightStatistics";

/** Weights counted by one fragment: three counts share the 24 bits that a float holds exactly. */
const countedTogether = 255;
/** Bins counted by one fragment: four floats of three counts. */
const binsTogether = 12;
/** Texels of a chunk's counts. */
export const countTexels = Math.ceil(histogramBins / binsTogether);
/** Texels of a unit's or kernel's figures. */
export const figureTexels = figureNames.length / 4;

export const chunksOf = (size: number) => Math.ceil(size / countedTogether);

/** Position of each part among all, and behind the last one. */
export function starts(sizes: readonly number[]): readonly number[] {
  const found = [0];
  for (const size of sizes) found.push((found.at(-1) as number) + size);
  return found;
}

/** Drivers may make NaN of anything: bits tell what is not finite, and what is exactly 0. */
const reading = `
  bool isFinite(float value) { return (floatBitsToUint(value) & 0x7f800000u) != 0x7f800000u; }
  bool isZero(float value) { return (floatBitsToUint(value) & 0x7fffffffu) == 0u; }
  float oneOf(vec4 pair, int index) { return (index & 1) == 0 ? pair.x : pair.y; }`;

/** A weight and its neighbour, from the even one of them on, at the texel itself: the backend's own way asks for a place between 0 and 1. */
const pairs = `
  vec2 pairAt(int index) {
    int width = textureSize(Weights, 0).x;
    int texel = index / 2;
    int row = texel / width;
    return texelFetch(Weights, ivec2(texel - row * width, row), 0).xy;
  }`;

/** Places of the kernels: offset, size, units and the number of units before; and the numbers of chunks before. */
function places(segments: readonly Segment[]): string {
  const units = starts(segments.map((segment) => segment.units));
  const chunks = starts(segments.map(({ size }) => chunksOf(size)));
  const list = segments.map(
    ({ offset, size, units: own }, index) => `ivec4(${offset}, ${size}, ${own}, ${units[index]})`,
  );
  return `
  const ivec4 segments[${list.length}] = ivec4[${list.length}](${list.join(", ")});
  const int chunks[${chunks.length}] = int[${chunks.length}](${chunks.join(", ")});`;
}

/** The kernel to which a part belongs. @param first number of its first part. */
const findSegment = (count: number, part: string, first: string) => `
    int at = 0;
    for (int i = 1; i < ${count}; i++) { if (${part} >= ${first}) { at = i; } }
    ivec4 segment = segments[at];`;

const ofUnit: Readonly<Record<FigureName, string>> = {
  norm1: "norm1",
  squares: "square",
  largest: "largest",
  nearZero: "near",
  exactZero: "exact",
  notFinite: "bad",
  unitsOff: "used ? 0.0 : 1.0",
  longestSquare: "square",
};

/** The figures in a texel. */
const texels = Array.from({ length: figureTexels }, (_, index) =>
  figureNames.slice(4 * index, 4 * index + 4),
);

/** The value of the texel that is written; `place.y` is twice its number. */
const ofTexel = (type: string, list: (names: readonly FigureName[]) => readonly string[]) =>
  texels
    .map((names) => `${type}(${list(names).join(", ")})`)
    .reduceRight((rest, text, index) => `(place.y == ${2 * index} ? ${text} : ${rest})`);

/** Figures of each unit. */
export function printUnits(segments: readonly Segment[]): string {
  return `${reading}${pairs}${places(segments)}
  void main() {
    ivec2 place = getOutputCoords();
    int unit = place.x / 2;
    ${findSegment(segments.length, "unit", "segments[i].w")}
    float norm1 = 0.0;
    float square = 0.0;
    float largest = 0.0;
    float near = 0.0;
    float exact = 0.0;
    float bad = 0.0;
    bool used = false;
    for (int i = unit - segment.w; i < segment.y; i += segment.z) {
      vec2 pair = pairAt(segment.x + i);
      float value = ((segment.x + i) & 1) == 0 ? pair.x : pair.y;
      used = used || !isZero(value);
      if (!isFinite(value)) { bad += 1.0; continue; }
      float size = abs(value);
      norm1 += size;
      square += size * size;
      largest = max(largest, size);
      if (size < ${nearZeroThreshold}) { near += 1.0; }
      if (isZero(value)) { exact += 1.0; }
    }
    setOutput(${ofTexel("vec4", (names) => names.map((name) => ofUnit[name]))});
  }`;
}

/** Figures of each kernel from those of its units. */
export function printKernels(segments: readonly Segment[]): string {
  const isMaximum = (name: FigureName) => name === "largest" || name === "longestSquare";
  return `${places(segments)}
  void main() {
    ivec2 place = getOutputCoords();
    ivec4 segment = segments[place.x / 2];
    bvec4 isMaximum = ${ofTexel("bvec4", (names) => names.map((name) => `${isMaximum(name)}`))};
    vec4 found = vec4(0.0);
    for (int i = 0; i < segment.z; i++) {
      vec4 unit = getUnits(2 * (segment.w + i), place.y);
      found = mix(found + unit, max(found, unit), isMaximum);
    }
    setOutput(found);
  }`;
}

/** The largest weight of kernel `at` in its figures. */
const largest = (() => {
  const index = figureNames.indexOf("largest");
  return `getKernels(2 * at, ${2 * Math.floor(index / 4)})[${index % 4}]`;
})();

/** Weight of a count among the three of a float. */
const power = (count: string) => `(${count} == 0 ? 1.0 : ${count} == 1 ? 256.0 : 65536.0)`;

/** Counts of `binsTogether` bins of each chunk of each kernel; the range is histogramRange by exponent bits. */
export function printCounts(segments: readonly Segment[]): string {
  return `${reading}${pairs}${places(segments)}
  float rangeOf(float largest) {
    uint word = floatBitsToUint(largest);
    int exponent = int(word >> 23u) - 127;
    if ((word & 0x7fffffu) != 0u) { exponent++; }
    exponent = clamp(exponent, ${smallestExponent}, ${largestExponent});
    return uintBitsToFloat(uint(exponent + 127) << 23u);
  }
  vec4 countOf(int local) {
    if (local < 0 || local >= ${binsTogether}) { return vec4(0.0); }
    return vec4(equal(ivec4(local / 3), ivec4(0, 1, 2, 3))) * ${power("local % 3")};
  }
  void main() {
    ivec2 place = getOutputCoords();
    int chunk = place.x / 2;
    int firstBin = place.y / 2 * ${binsTogether};
    ${findSegment(segments.length, "chunk", "chunks[i]")}
    int start = (chunk - chunks[at]) * ${countedTogether};
    int end = min(start + ${countedTogether}, segment.y);
    float scale = ${histogramBins / 2}.0 / rangeOf(${largest});
    int from = segment.x + start;
    int to = segment.x + end;
    vec4 counts = vec4(0.0);
    for (int i = from / 2 * 2; i < to; i += 2) {
      vec2 pair = pairAt(i);
      vec2 bins = clamp(floor(pair * scale) + ${histogramBins / 2}.0, 0.0, ${histogramBins - 1}.0);
      if (i >= from && isFinite(pair.x)) { counts += countOf(int(bins.x) - firstBin); }
      if (i + 1 < to && isFinite(pair.y)) { counts += countOf(int(bins.y) - firstBin); }
    }
    setOutput(counts);
  }`;
}

/** All in the order of `weightStatistics`. */
export function printResult(segments: readonly Segment[]): string {
  return `${places(segments)}
  void main() {
    int index = getOutputCoords();
    int at = index / ${statisticsWidth};
    int figure = index % ${statisticsWidth};
    if (figure < ${figureNames.length}) {
      vec4 figures = getKernels(2 * at, figure / 4 * 2);
      setOutput(figures[figure % 4]);
      return;
    }
    int bin = figure - ${figureNames.length};
    int local = bin % ${binsTogether};
    float power = ${power("local % 3")};
    float sum = 0.0;
    for (int chunk = chunks[at]; chunk < chunks[at + 1]; chunk++) {
      vec4 counts = getCounts(2 * chunk, bin / ${binsTogether} * 2);
      sum += mod(floor(counts[local / 3] / power), 256.0);
    }
    setOutput(sum);
  }`;
}

/** Sums of each `chunk` of all weights, two texels each. @param chunk even. */
export function printScalarSums(length: number, chunk: number, isScoped: boolean): string {
  return `${reading}
  void main() {
    ivec2 place = getOutputCoords();
    int start = place.x / 2 * ${chunk};
    int end = min(start + ${chunk}, ${length});
    float kernelSquares = 0.0;
    float near = 0.0;
    float exact = 0.0;
    float absolutes = 0.0;
    float squares = 0.0;
    float bad = 0.0;
    for (int i = start; i < end; i++) {
      float value = oneOf(getWeights(i), i);
      float size = abs(value);
      float factor = ${isScoped ? "oneOf(getScope(i), i)" : "1.0"};
      kernelSquares += size * size * oneOf(getKernels(i), i);
      absolutes += size * factor;
      squares += size * size * factor;
      if (!isFinite(value)) { bad += 1.0; continue; }
      if (size < ${nearZeroThreshold}) { near += 1.0; }
      if (isZero(value)) { exact += 1.0; }
    }
    setOutput(place.y == 0 ? vec4(kernelSquares, near, exact, absolutes) : vec4(squares, bad, 0.0, 0.0));
  }`;
}

/** The figures of all weights together from the sums of their chunks. */
export function printScalars(length: number, count: number): string {
  // NaN whatever a driver makes of sums with it; the backend hands it in.
  const values = [
    "second.y > 0.0 ? NAN : sqrt(first.x)",
    `first.y / ${length}.0`,
    `first.z / ${length}.0`,
    "first.w",
    "0.5 * second.x",
  ];
  const size = weightScalarNames.length;
  return `
  void main() {
    vec4 first = vec4(0.0);
    vec4 second = vec4(0.0);
    for (int i = 0; i < ${count}; i++) {
      first += getSums(2 * i, 0);
      second += getSums(2 * i, 2);
    }
    float results[${size}] = float[${size}](${values.join(", ")});
    setOutput(results[getOutputCoords()]);
  }`;
}
