// Histograms between given edges against a reference file.
import { histogram } from "../training/metrics";
import type { Content, Family } from "./family";
import { asFloat32, isContent, numberAt, numbersAt } from "./reading";

/** All histograms of a file: objects with edges and counts, whatever they are called. */
function histogramsOf(content: Content): [string, Content][] {
  return Object.entries(content).filter(
    (entry): entry is [string, Content] =>
      isContent(entry[1]) && "edges" in entry[1] && "counts" in entry[1],
  );
}

export const histogramFamily: Family = {
  name: "histogram",
  recognises: (content) => "values" in content && histogramsOf(content).length > 0,
  run(content, deviations) {
    const values = asFloat32(numbersAt(content, "values"));
    for (const [key, expected] of histogramsOf(content)) {
      const { counts, below, above } = histogram(values, numbersAt(expected, "edges"));
      deviations.exact(`counts of ${key}`, counts, numbersAt(expected, "counts"));
      const outside = [numberAt(expected, "below"), numberAt(expected, "above")];
      deviations.exact(`values outside ${key}`, [below, above], outside);
    }
  },
};
