// A link, or its part after "#": the experiment that the page would open, and what it would say about it.
import { applies } from "../../experiment/applies";
import { formatValue } from "../../experiment/format";
import { decodeLink, encodeLink } from "../../experiment/link";
import {
  defaultExperiment,
  type Experiment,
  fieldEntries,
  getValue,
  sameValue,
} from "../../experiment/schema";
import { InputError } from "../errors";
import { type Found, type Inspector, printRemarks } from "./kinds";

interface FoundLink extends Found {
  readonly kind: "link";
  /** The part after "#", as the page writes it. */
  readonly canonical: string;
}

/** The data set, and every setting that is not at its default, by label. */
function settings(experiment: Experiment): string {
  const told = fieldEntries.filter(
    ({ path }) =>
      path === "data.kind" ||
      (applies(experiment, path) &&
        !sameValue(getValue(experiment, path), getValue(defaultExperiment, path))),
  );
  return told
    .map(({ path, field }) => `  ${field.label}: ${formatValue(field, getValue(experiment, path))}`)
    .join("\n");
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

export const inspector: Inspector<FoundLink> = {
  inspect(argument) {
    const { experiment, preset, corrections, readable } = decodeLink(argument);
    const bare = !readable && /^https?:\/\/[^\s=]*$/i.test(argument);
    if (!readable && !bare) {
      throw new InputError(`${shorten(argument)}: there is no such file, and no link in it.`);
    }
    const remarks = bare
      ? ["This address holds no experiment; it opens the one of the first visit."]
      : corrections.map(({ message }) => message);
    return { kind: "link", canonical: encodeLink(experiment, { preset }), remarks };
  },
  print({ canonical, remarks }) {
    const { experiment } = decodeLink(canonical);
    return `Link: #${canonical}\n${settings(experiment)}${printRemarks(remarks)}`;
  },
};
