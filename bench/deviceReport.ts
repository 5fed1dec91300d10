// What a run on a graphics card gives, as a section of RESULTS.md.
import type { ComparisonResult } from "./compare";
import type { DeviceCheck } from "./deviceChecks";
import { comparisonTable } from "./report";
import type { Machine } from "./results";

export interface DeviceResults {
  readonly machine: Machine;
  readonly device: { readonly name: string; readonly software: boolean };
  readonly checks: readonly DeviceCheck[];
  readonly comparisons: readonly ComparisonResult[];
}

/** The title says that the processor plays the card, which is so in the browser's bench; here the heading names the card. */
const onThisCard = ({ comparison, ...rest }: ComparisonResult): ComparisonResult => ({
  ...rest,
  comparison: { ...comparison, title: comparison.title.replace("software WebGPU", "WebGPU") },
});

/** A section with the card's name and the date in its heading. */
export function deviceSection({ machine, device, checks, comparisons }: DeviceResults): string {
  const { date, processor, cores, browser, loadBefore } = machine;
  const played = device.software ? " (played by the processor)" : "";
  return [
    `## WebGPU in Node on ${device.name}${played} (${date})`,
    "",
    `\`npm run --silent bench:device\`: ${browser} through Dawn, ${processor}, ${cores} cores, load ${loadBefore.toFixed(1)} before. Each contender in a process of its own, in turn; medians of rounds, quartiles in brackets.`,
    "",
    "```text",
    comparisons.map((one) => comparisonTable(onThisCard(one))).join("\n\n"),
    "```",
    "",
    "| check on this card | found | |",
    "| --- | --- | --- |",
    ...checks.map(({ name, found, good }) => `| ${name} | ${found} | ${good ? "✓" : "✗"} |`),
  ].join("\n");
}
