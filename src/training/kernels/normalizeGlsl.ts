// Fragment shaders of normalization: sums of each group in one or two stages, then values four at a time.
import type { Grouping, NormalizeAttributes, NormalizeOptions } from "./normalize";

/** Values that one fragment goes through; more are first summed in chunks. */
const mostTogether = 1024;

export interface Chunks {
  /** Values of a group. */
  readonly values: number;
  readonly size: number;
  readonly count: number;
}

/** How the values of a group are divided among fragments. */
export function chunksOf({ places, width }: Grouping): Chunks {
  const values = places * width;
  const size = values <= mostTogether ? values : Math.ceil(Math.sqrt(values));
  return { values, size, count: Math.ceil(values / size) };
}

/** Each feature over all examples and places: how scale and shift see the values. */
export const byFeature = ({ examples, places, groups, width }: Grouping): Grouping => ({
  examples: 1,
  places: examples * places,
  groups: groups * width,
  width: 1,
});

/**
 * Reading of values seen as [examples · places, features], two by two in a texel, and of vectors, two in a texel. Drivers
 * may keep values of a texel in registers, which a computed index cannot reach: they are chosen by comparison.
 */
const reading = `
  float oneOf(vec4 block, int row, int column) {
    vec2 pair = (row & 1) == 0 ? block.xy : block.zw;
    return (column & 1) == 0 ? pair.x : pair.y;
  }
  float oneOf(vec4 pair, int index) { return (index & 1) == 0 ? pair.x : pair.y; }`;

const value = (name: string) => `oneOf(get${name}(row, column), row, column)`;
const entry = (name: string, index: string) => `oneOf(get${name}(${index}), ${index})`;

/** Goes through chunk `chunk` of group `group`: `row` and `column` are the place of each value. */
const through = ({ places, groups, width }: Grouping, { values, size }: Chunks, body: string) => `
    for (int k = chunk * ${size}; k < min((chunk + 1) * ${size}, ${values}); k++) {
      int row = group / ${groups} * ${places} + k / ${width};
      int column = group % ${groups} * ${width} + k % ${width};
      ${body}
    }`;

/** The group of the value at `row` and `column`. */
const groupAt = ({ places, groups, width }: Grouping) =>
  `row / ${places} * ${groups} + column / ${width}`;

/** Values in chunk `chunk`. */
const lengthOf = ({ values, size }: Chunks) =>
  `float(min((chunk + 1) * ${size}, ${values}) - chunk * ${size})`;

/** Two sums of a chunk as GLSL: `float first` and `float second` of chunk `chunk` of group `group`. */
type Sums = string;

/** Mean of a chunk and squares of the distances from it; around 0 where the mean is left in. */
export function momentSums(grouping: Grouping, chunks: Chunks, isCentred: boolean): Sums {
  const mean = `${through(grouping, chunks, `first += ${value("X")};`)}
    first /= ${lengthOf(chunks)};`;
  return `
    float first = 0.0;
    float second = 0.0;${isCentred ? mean : ""}${through(
      grouping,
      chunks,
      `float distance = ${value("X")} - first;
      second += distance * distance;`,
    )}`;
}

const normalized = (epsilon: number, group: string) =>
  `(${value("X")} - ${entry("Mean", group)}) * inversesqrt(${entry("Variance", group)} + float(${epsilon}))`;

/**
 * Slopes, and slopes along the normalized values. @param domain what is summed. @param grouping what was normalized.
 * @param isScaled slopes of the normalized values, not of the result.
 */
export function slopeSums(
  domain: Grouping,
  chunks: Chunks,
  { epsilon, ...grouping }: NormalizeAttributes,
  isScaled: boolean,
): Sums {
  return `
    float first = 0.0;
    float second = 0.0;${through(
      domain,
      chunks,
      `int at = ${groupAt(grouping)};
      float slope = ${value("Dy")}${isScaled ? ` * ${entry("Scale", "column")}` : ""};
      first += slope;
      second += slope * ${normalized(epsilon, "at")};`,
    )}`;
}

const partOf = (sums: Sums) => `
  vec2 partOf(int group, int chunk) {${sums}
    return vec2(first, second);
  }`;

/** Chunks that are summed already. */
export const storedSums: Sums = `
    vec4 sums = getParts(2 * group, 2 * chunk);
    float first = sums.x;
    float second = sums.y;`;

/** A texel for each chunk of each group. */
export const printParts = (sums: Sums) => `${reading}${partOf(sums)}
  void main() {
    ivec2 place = getOutputCoords();
    setOutput(vec4(partOf(place.x / 2, place.y / 2), 0.0, 0.0));
  }`;

/** A texel for each group: the sums of its chunks. */
export const printTotals = (chunks: Chunks) => `${partOf(storedSums)}
  void main() {
    int group = getOutputCoords().x / 2;
    vec2 sum = vec2(0.0);
    for (int chunk = 0; chunk < ${chunks.count}; chunk++) { sum += partOf(group, chunk); }
    setOutput(vec4(sum, 0.0, 0.0));
  }`;

/** A vector with a value for each of `groups` groups. @param compute GLSL that returns it from `group`. */
const printVector = (sums: Sums, groups: number, compute: string) => `${reading}${partOf(sums)}
  float valueOf(int group) {
    ${compute}
  }
  void main() {
    int group = getOutputCoords();
    float next = group + 1 < ${groups} ? valueOf(group + 1) : 0.0;
    setOutput(vec4(valueOf(group), next, 0.0, 0.0));
  }`;

/** Gradient of the shift (`x`) or of the scale (`y`). */
export const printFeatureSums = (
  sums: Sums,
  { count }: Chunks,
  features: number,
  part: "x" | "y",
) =>
  printVector(
    sums,
    features,
    `float sum = 0.0;
    for (int chunk = 0; chunk < ${count}; chunk++) { sum += partOf(group, chunk).${part}; }
    return sum;`,
  );

/** Mean of each group from the means of its chunks. */
export const printMean = (sums: Sums, chunks: Chunks, groups: number) =>
  printVector(
    sums,
    groups,
    `float sum = 0.0;
    for (int chunk = 0; chunk < ${chunks.count}; chunk++) {
      sum += partOf(group, chunk).x * ${lengthOf(chunks)};
    }
    return sum / ${chunks.values}.0;`,
  );

/** Biased variance of each group from its chunks' own and from how far their means lie apart (Chan et al. 1979). */
export const printVariance = (sums: Sums, chunks: Chunks, groups: number) =>
  printVector(
    sums,
    groups,
    `float mean = ${entry("Mean", "group")};
    float sum = 0.0;
    for (int chunk = 0; chunk < ${chunks.count}; chunk++) {
      vec2 part = partOf(group, chunk);
      float apart = part.x - mean;
      sum += part.y + apart * apart * ${lengthOf(chunks)};
    }
    return sum / ${chunks.values}.0;`,
  );

/** Values of the shape of x. What lies behind the end is set to 0: products of matrices read it too. */
const printValues = ({ examples, places, groups, width }: Grouping, compute: string) => `${reading}
  float valueAt(int row, int column) {
    if (row >= ${examples * places} || column >= ${groups * width}) { return 0.0; }
    ${compute}
  }
  void main() {
    ivec2 at = getOutputCoords();
    setOutput(vec4(
      valueAt(at.x, at.y),
      valueAt(at.x, at.y + 1),
      valueAt(at.x + 1, at.y),
      valueAt(at.x + 1, at.y + 1)
    ));
  }`;

export function printNormalized(
  grouping: Grouping,
  { epsilon }: NormalizeOptions,
  hasShift: boolean,
): string {
  const shift = hasShift ? ` + ${entry("Shift", "column")}` : "";
  return printValues(
    grouping,
    `int group = ${groupAt(grouping)};
    return ${normalized(epsilon, "group")} * ${entry("Scale", "column")}${shift};`,
  );
}

/** Gradient of x. @param fromFeatures the gradients of scale and shift tell the sums; else they are in texels of their own. */
export function printGradient(
  { epsilon, centred, ...grouping }: NormalizeAttributes,
  fromFeatures: boolean,
): string {
  const sums = fromFeatures
    ? `${entry("Scale", "column")} * vec2(${entry("DShift", "column")}, ${entry("DScale", "column")})`
    : "getTotals(2 * group, 0).xy";
  const values = `${grouping.places * grouping.width}.0`;
  return printValues(
    grouping,
    `int group = ${groupAt(grouping)};
    vec2 means = ${sums} / ${values};
    float slope = ${value("Dy")} * ${entry("Scale", "column")};
    float straight = slope${centred ? " - means.x" : ""};
    return (straight - ${normalized(epsilon, "group")} * means.y)
      * inversesqrt(${entry("Variance", "group")} + float(${epsilon}));`,
  );
}
