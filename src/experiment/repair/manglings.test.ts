// Forty links through everything that happens to links: they open the same experiment, or the page says that they may not.
import { expect, test } from "vitest";
import { decodeLink, encodeLink } from "../link";
import { links40 } from "./links40";
import { base, cuts, manglings } from "./manglings";

interface Count {
  same: number;
  said: string[];
  silent: string[];
}

function judge(count: Count, name: string, meant: string, text: string): void {
  const read = decodeLink(text);
  if (encodeLink(read.experiment) === meant) count.same += 1;
  else if (read.corrections.length > 0) count.said.push(`${name}: ${text}`);
  else count.silent.push(`${name}: ${text}`);
}

function show({ same, said, silent }: Count): string {
  return `${same} the same, ${said.length} otherwise with a remark, ${silent.length} otherwise without a word`;
}

const checked = (link: string) => /^v=1\.[^;]/.test(link);

test("the forty links are forty, open without a remark, and come back as they are", () => {
  expect(new Set(links40).size).toBe(40);
  for (const link of links40) {
    const { experiment, corrections, preset } = decodeLink(link);
    expect(corrections, link).toEqual([]);
    if (checked(link)) expect(encodeLink(experiment, { preset })).toBe(link);
  }
});

test("at least 95 % of the manglings open the same experiment, and no other is silent", () => {
  const count: Count = { same: 0, said: [], silent: [] };
  for (const link of links40) {
    const meant = encodeLink(decodeLink(link).experiment);
    for (const { name, mangle } of manglings) {
      const text = mangle(link);
      if (text === null) continue;
      judge(count, name, meant, text);
      // What a browser makes of it when it is opened instead of pasted.
      const address = text.startsWith(base) ? URL.parse(text) : null;
      if (address && address.hash !== "" && `${base}${address.hash}` !== text) {
        judge(count, `${name}, opened`, meant, address.hash);
      }
    }
  }
  const all = count.same + count.said.length + count.silent.length;
  console.log(`${all} manglings: ${show(count)}`);
  if (process.env.SHOW) console.log([...count.said, ...count.silent].join("\n"));
  expect(all).toBeGreaterThan(2751);
  expect(count.silent).toEqual([]);
  expect(count.same / all).toBeGreaterThanOrEqual(0.95);
});

test("a link with a check says that its end is missing, wherever it was cut", () => {
  const count: Count = { same: 0, said: [], silent: [] };
  for (const link of links40.filter(checked)) {
    const meant = encodeLink(decodeLink(link).experiment);
    // "v=1" alone is a link of its own.
    for (const cut of cuts(link).filter((text) => text.length > "v=1.".length)) {
      judge(count, "cut", meant, cut);
    }
  }
  console.log(`cuts of links with a check: ${show(count)}`);
  if (process.env.SHOW) console.log(count.silent.join("\n"));
  expect(count.silent).toEqual([]);
});
