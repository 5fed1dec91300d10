// Links as they arrive, each with its original; and unreadable links, which must do no harm.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decodeLink, encodeLink } from "../link";
import { presets } from "../presets";
import { defaultExperiment } from "../schema";
import { links40 } from "./links40";

const seven = "v=1;train=30;decay=1e-3;seed=7";

/** What arrived, what it was, and what it came from. */
const cases: readonly (readonly [arrived: string, meant: string, from: string])[] = [
  ["#v=1;train=30;decay=1e-3;seed=7.", seven, "a full stop behind the link"],
  ["#v=1;train=30;decay=1e-3;hidden=16-16)", "v=1;train=30;decay=1e-3;hidden=16-16", "a bracket"],
  ["#v=1;train=30;seed=7;decay=1e-3,", seven, "a comma"],
  ["#v=1%3Btrain%3D30%3Bdecay%3D1e-3%3Bseed%3D7", seven, "escaped once"],
  ["#v%25253D1%25253Btrain%25253D30%25253Bdecay%25253D1e-3%25253Bseed%25253D7", seven, "thrice"],
  ["#v=1;train=30;decay=1e−3;seed=7", seven, "a true minus"],
  ["#v=1;train=３０;decay=0.001;seed=７", seven, "a Japanese keyboard"],
  ["#v=1;train=30;de%0Acay=1e-3;seed=7", seven, "a mail's line length"],
  ["#v=1;train=30;de cay=1e-3;seed=7", seven, "copied out of a PDF"],
  ["#v=1&amp;train=30&amp;decay=1e-3&amp;seed=7", seven, "& in HTML"],
  ["#v=1+train=30+decay=1e-3", "v=1;train=30;decay=1e-3", "separators turned to plus"],
  ["#?v=1;train=30;decay=1e-3;seed=7", seven, "a question mark behind the hash"],
  ["#/v=1;train=30;decay=1e-3;seed=7", seven, "a router's slash"],
  [`#${seven}&utm_source=classroom&fbclid=abc`, seven, "tracking"],
  [`http://localhost:4173/%23${seven}`, seven, "a mail filter"],
  [`#${seven}:~:text=loss`, seven, "a text fragment"],
  ["#v=1;layers=2,0.5;hidden=4;l2=0,25;", "v=1;layers=2,0.5;hidden=4;l2=0.25", "a decimal comma"],
  ["#v=1;train=1.000;valid=2,000", "v=1;train=1000;valid=2000", "parted thousands"],
  ["#v=1;optimizer.learningRate=0.02;Train=30", "v=1;rate=0.02;train=30", "other names"],
];

test.each(cases)("%s is read as %s (%s)", (arrived, meant) => {
  const read = decodeLink(arrived);
  expect(encodeLink(read.experiment)).toBe(encodeLink(decodeLink(meant).experiment));
  expect(read.corrections).toHaveLength(1);
  expect(read.corrections[0]?.message).toMatch(/^This link was changed on its way \(.+\)/);
});

test("a link cut off where it could have ended is told by its check alone", () => {
  const spiral = presets.find(({ name }) => name.startsWith("spiral"))?.experiment;
  const link = encodeLink(spiral ?? defaultExperiment);
  const cut = link.slice(0, link.lastIndexOf(";"));
  expect(decodeLink(cut).corrections[0]?.message).toBe(
    "This link has been changed or cut; check it against its source.",
  );
  expect(decodeLink(cut.replace(/^v=1\.\w+/, "v=1")).corrections).toEqual([]);
});

test("the check decides between readings that are both allowed", () => {
  const wide = decodeLink("v=1;hidden=88").experiment;
  const two = decodeLink("v=1;hidden=8-8").experiment;
  for (const experiment of [wide, two]) {
    const [check] = encodeLink(experiment).split(";");
    const read = decodeLink(`${check};hidden=8 8`);
    expect(read.experiment).toEqual(experiment);
    expect(read.corrections).toHaveLength(1);
    expect(read.corrections[0]?.message).toContain("its check shows that nothing was lost");
  }
});

describe("what is told", () => {
  const messages = (text: string) => decodeLink(text).corrections.map(({ message }) => message);

  it("names both names of a setting that is given twice", () => {
    expect(messages("v=1;rate=0.1;optimizer.learningRate=0.2")).toEqual([
      '"rate" and "optimizer.learningRate" are the same setting; the first one counts.',
    ]);
    expect(decodeLink("v=1;rate=0.1;RATE=0.2").experiment.optimizer.learningRate).toBe(0.1);
  });

  it("takes names of the language's own objects for unknown settings", () => {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      expect(messages(`v=1;${name}=1;train=30`)).toEqual([`Unknown setting "${name}" ignored.`]);
    }
  });

  it("keeps a newer page's link apart", () => {
    const read = decodeLink("v=2.bcd;train=30;hologram=5");
    expect(read.newer).toBe(true);
    expect(read.experiment.data.trainSize).toBe(30);
    expect(decodeLink("v=1;train=30").newer).toBe(false);
  });

  it("is a value that is missing, not a list that is empty", () => {
    expect(messages("v=1;hidden=")[0]).toContain("Hidden layers");
    expect(messages("v=1;l2=0.1;layers=")[0]).toContain("Strength per layer");
  });
});

describe("preset and view", () => {
  const spiral = presets.find(({ name }) => name.startsWith("spiral"));

  it("travel with the experiment and change nothing of it", () => {
    const context = { preset: spiral?.name ?? null, view: "log.weights-norms" };
    const link = encodeLink(defaultExperiment, context);
    for (const text of [link, `${link}.`, encodeURIComponent(link), link.toUpperCase()]) {
      expect(decodeLink(text)).toMatchObject({ experiment: defaultExperiment, ...context });
    }
    expect(decodeLink(`${link}.`).corrections).toHaveLength(1);
  });

  it("may be none, or one that this page does not have", () => {
    expect(decodeLink(encodeLink(defaultExperiment, { preset: "none" })).preset).toBe("none");
    const read = decodeLink("v=1;train=30;from=gone");
    expect(read.preset).toBeNull();
    expect(read.corrections[0]?.message).toContain('no preset "gone"');
  });
});

describe("whatever a text holds", () => {
  it("it is read without harm", () => {
    const pieces = [
      ..."v=1;&#%?+.,-–\u00ad\u200b３ \n",
      "train",
      "decay=1e-3",
      "%25",
      "=3D",
      "&amp;",
      "http://x/",
      "?url=",
      "hidden=16-16",
      "__proto__=",
    ];
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { experiment, preset, view } = decodeLink(text);
        const again = decodeLink(encodeLink(experiment, { preset, view }));
        expect(again).toMatchObject({ experiment, corrections: [] });
      }),
      { numRuns: 1000 },
    );
  });

  it("megabytes of it take no longer than a page of it", () => {
    const bits = [
      "a=",
      "%25",
      "&#",
      "=3D",
      "train=1 ",
      "v=1;",
      "?url=%23v=1",
      '" ',
      "#",
      "[(",
      "１",
      "=",
      "l2=0,",
    ];
    for (const bit of bits) {
      const { corrections } = decodeLink(`v=1;train=30;${bit.repeat(2e6 / bit.length)}`);
      expect(corrections.length, bit).toBeGreaterThan(0);
      expect(corrections.length, bit).toBeLessThan(30);
    }
  });

  it("one character that is not the right one is told, or read all the same", () => {
    const change = fc.tuple(
      fc.constantFrom(...links40.filter((link) => link.startsWith("v=1."))),
      fc.nat(),
      fc.constantFrom(..."0123456789abcdefghijklmnopqrstuvwxyz=;.,- "),
    );
    fc.assert(
      fc.property(change, ([link, place, character]) => {
        const at = place % link.length;
        const text = link.slice(0, at) + character + link.slice(at + 1);
        const read = decodeLink(text);
        const same = encodeLink(read.experiment) === encodeLink(decodeLink(link).experiment);
        expect(same || read.corrections.length > 0, text).toBe(true);
      }),
      // One of 14,000 changes gives the same check: always the same ones are tried.
      { numRuns: 1500, seed: 11 },
    );
  });
});
