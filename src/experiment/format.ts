// One way to write a number of a setting, for links, labels and messages.
import type { Field, FieldValue } from "./fields";

/** The shortest decimal that gives the number back: 0.001 → "1e-3", 60 → "60", 0.28 → "0.28". */
export function shortNumber(value: number): string {
  const plain = String(value);
  const size = Math.abs(value);
  if (value === 0 || (size >= 0.01 && size < 1e6)) return plain;
  return value.toExponential().replace("e+", "e");
}

/** A setting's value as people read it: choices by their label, shares in percent, layers joined by "-". */
export function formatValue(field: Field, value: FieldValue): string {
  if (field.type === "choice") {
    return field.choices.find((entry) => entry.value === value)?.label ?? String(value);
  }
  if (field.type === "widths") {
    const list = value as readonly number[];
    return list.length === 0 ? "none" : list.join("-");
  }
  if (field.type === "multipliers") {
    const list = value as readonly number[];
    return list.length === 0 ? "1 for all" : list.map(shortNumber).join(", ");
  }
  if (field.unit === "%") return `${Number(((value as number) * 100).toPrecision(4))} %`;
  return shortNumber(value as number);
}

/** The allowed values of a field in words, for messages. */
export function describeRange(field: Field): string {
  if (field.type === "choice")
    return `one of ${field.choices.map((entry) => entry.value).join(", ")}`;
  if (field.type === "widths") {
    return `at most ${field.maximumLayers} whole numbers from ${field.minimum} to ${field.maximum}, joined by "-", or "none"`;
  }
  if (field.type === "multipliers") {
    return `at most ${field.maximumLayers} numbers from ${field.minimum} to ${field.maximum}, joined by ",", or "1" for all`;
  }
  const kind = field.type === "integer" ? "a whole number" : "a number";
  return `${kind} from ${shortNumber(field.minimum)} to ${shortNumber(field.maximum)}`;
}
