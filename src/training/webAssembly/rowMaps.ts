// Prints maps from matrices to a matrix whose coefficients belong to the columns: a batch normalized, and the gradient of that.
import {
  addIntegers,
  type Code,
  integer,
  isAtLeast,
  loadFloat,
  loadVector,
  loopUntil,
  simd,
  storeFloat,
  storeVector,
  type WasmFunction,
} from "./code";
import { floatBytes, integers, laneBytes, Names } from "./names";

/** Parameters of both: addresses, the address behind the matrix x, and bytes of a row. */
const shared = ["x", "to", "end", "rowBytes", "centre", "factor", "shift"] as const;
/** For gradients also another matrix like x, and its factors. */
const parameters = [...shared, "slope", "slopeFactor"] as const;

const p = new Names(parameters);
const v = new Names(["place", "down"] as const, p.end);

interface Lanes {
  readonly bytes: number;
  readonly load: (address: Code) => Code;
  readonly store: (address: Code, value: Code) => Code;
  readonly add: Code;
  readonly subtract: Code;
  readonly multiply: Code;
}

const four: Lanes = {
  bytes: laneBytes,
  load: loadVector,
  store: storeVector,
  add: simd(0xe4),
  subtract: simd(0xe5),
  multiply: simd(0xe6),
};
const one: Lanes = {
  bytes: floatBytes,
  load: loadFloat,
  store: storeFloat,
  add: [0x92],
  subtract: [0x93],
  multiply: [0x94],
};

/** Along a row as long as a whole step is left. */
function alongRow(
  withSlope: boolean,
  { bytes, load, store, add, subtract, multiply }: Lanes,
): Code {
  const ofColumn = (name: (typeof parameters)[number]) =>
    load(addIntegers(p.get(name), v.get("place")));
  const ofEntry = (name: (typeof parameters)[number]) =>
    addIntegers(addIntegers(p.get(name), v.get("down")), v.get("place"));
  const centred = [...load(ofEntry("x")), ...ofColumn("centre"), ...subtract];
  const scaled = [...centred, ...ofColumn("factor"), ...multiply];
  const whole = [...scaled, ...ofColumn("shift"), ...add];
  const sloped = [...load(ofEntry("slope")), ...ofColumn("slopeFactor"), ...multiply];
  return loopUntil(
    isAtLeast(addIntegers(v.get("place"), integer(bytes - 1)), p.get("rowBytes")),
    store(ofEntry("to"), withSlope ? [...whole, ...sloped, ...add] : whole),
    v.advance("place", integer(bytes)),
  );
}

/**
 * to[i, j] = (x[i, j] − centre[j]) · factor[j] + shift[j], and with a slope + slope[i, j] · slopeFactor[j].
 * The result may take the place of x or of the slope.
 */
export const rowMap = (withSlope: boolean): WasmFunction => ({
  name: withSlope ? "map with slope" : "map",
  parameters: withSlope ? parameters.length : shared.length,
  locals: integers(withSlope ? 2 : 2 + parameters.length - shared.length),
  body: [
    ...v.set("down", integer(0)),
    ...loopUntil(
      isAtLeast(addIntegers(p.get("x"), v.get("down")), p.get("end")),
      v.set("place", integer(0)),
      alongRow(withSlope, four),
      alongRow(withSlope, one),
      v.advance("down", p.get("rowBytes")),
    ),
  ],
});
