// Normalization as plain loops: two passes over the values forward and two back, in double precision.
import type { NormalizeAttributes } from "./normalize";

interface ForwardArrays {
  readonly x: Float32Array;
  readonly scale: Float32Array;
  readonly shift: Float32Array | null;
  readonly y: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** Sums over the places of one example, for each feature: of p and of p·q. */
function addUp(
  p: Float32Array,
  q: Float32Array,
  start: number,
  places: number,
  sums: Float64Array,
  products: Float64Array,
): void {
  const features = sums.length;
  sums.fill(0);
  products.fill(0);
  for (let place = 0, i = start; place < places; place++) {
    for (let f = 0; f < features; f++, i++) {
      const value = p[i] as number;
      sums[f] = (sums[f] as number) + value;
      products[f] = (products[f] as number) + value * (q[i] as number);
    }
  }
}

/** Writes y, mean and variance. */
export function fillNormalized(arrays: ForwardArrays, attributes: NormalizeAttributes): void {
  const { x, scale, shift, y, mean, variance } = arrays;
  const { examples, places, groups, width, epsilon, centred } = attributes;
  const features = groups * width;
  const count = places * width;
  const [sums, squares] = [new Float64Array(features), new Float64Array(features)];
  const [factors, offsets] = [new Float64Array(features), new Float64Array(features)];
  for (let example = 0; example < examples; example++) {
    const start = example * places * features;
    addUp(x, x, start, places, sums, squares);
    for (let group = 0; group < groups; group++) {
      let [sum, square] = [0, 0];
      for (let f = group * width; f < (group + 1) * width; f++) {
        sum += sums[f] as number;
        square += squares[f] as number;
      }
      const centre = centred ? sum / count : 0;
      // Math.max keeps NaN.
      const spread = Math.max(0, square / count - centre * centre);
      mean[example * groups + group] = centre;
      variance[example * groups + group] = spread;
      const perDeviation = 1 / Math.sqrt(spread + epsilon);
      for (let f = group * width; f < (group + 1) * width; f++) {
        const factor = perDeviation * (scale[f] as number);
        factors[f] = factor;
        offsets[f] = (shift ? (shift[f] as number) : 0) - centre * factor;
      }
    }
    for (let place = 0, i = start; place < places; place++) {
      for (let f = 0; f < features; f++, i++) {
        y[i] = (x[i] as number) * (factors[f] as number) + (offsets[f] as number);
      }
    }
  }
}

interface GradientArrays {
  readonly dy: Float32Array;
  readonly x: Float32Array;
  readonly scale: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly dx: Float32Array;
  readonly dScale: Float32Array;
  readonly dShift: Float32Array;
}

/** Writes the gradients: dx = (g − mean(g) − x̂·mean(g·x̂)) / deviation with g = dy·scale and x̂ the normalized values. */
export function fillGradients(arrays: GradientArrays, attributes: NormalizeAttributes): void {
  const { dy, x, scale, mean, variance, dx, dScale, dShift } = arrays;
  const { examples, places, groups, width, epsilon, centred } = attributes;
  const features = groups * width;
  const count = places * width;
  const [sums, products] = [new Float64Array(features), new Float64Array(features)];
  const [scaleSums, shiftSums] = [new Float64Array(features), new Float64Array(features)];
  // dx = dy·ofDy + x·ofX + rest, for each feature.
  const [ofDy, ofX, rest] = [0, 1, 2].map(() => new Float64Array(features)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let example = 0; example < examples; example++) {
    const start = example * places * features;
    addUp(dy, x, start, places, sums, products);
    for (let group = 0; group < groups; group++) {
      const centre = mean[example * groups + group] as number;
      const spread = variance[example * groups + group] as number;
      const perDeviation = 1 / Math.sqrt(spread + epsilon);
      let [meanOf, meanAlong] = [0, 0];
      for (let f = group * width; f < (group + 1) * width; f++) {
        const along = perDeviation * ((products[f] as number) - centre * (sums[f] as number));
        scaleSums[f] = (scaleSums[f] as number) + along;
        shiftSums[f] = (shiftSums[f] as number) + (sums[f] as number);
        meanOf += ((scale[f] as number) * (sums[f] as number)) / count;
        meanAlong += ((scale[f] as number) * along) / count;
      }
      const factorOfX = -perDeviation * perDeviation * meanAlong;
      const offset = -(centred ? perDeviation * meanOf : 0) - centre * factorOfX;
      for (let f = group * width; f < (group + 1) * width; f++) {
        ofDy[f] = perDeviation * (scale[f] as number);
        ofX[f] = factorOfX;
        rest[f] = offset;
      }
    }
    for (let place = 0, i = start; place < places; place++) {
      for (let f = 0; f < features; f++, i++) {
        dx[i] =
          (dy[i] as number) * (ofDy[f] as number) +
          (x[i] as number) * (ofX[f] as number) +
          (rest[f] as number);
      }
    }
  }
  dScale.set(scaleSums);
  dShift.set(shiftSums);
}
