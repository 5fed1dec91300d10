// `inspect` on links: what is printed for programs and for people, and what is no link.
import { expect, test } from "vitest";
import { inspectArgument } from "./dispatch";

async function canonical(argument: string): Promise<unknown> {
  const { found } = await inspectArgument(argument);
  return (found as { canonical?: unknown } & typeof found).canonical;
}

test("however a link is given, its canonical form is the part after the hash as the page writes it", async () => {
  const link = await canonical("v=1;train=30;decay=1e-3;seed=7");
  expect(link).toMatch(/^v=1\.\w{3};train=30;decay=1e-3;seed=7$/);
  for (const text of [
    `#${link}`,
    `http://localhost:4173/#${link}`,
    `http://localhost:4173/%23${link}`,
    `http://localhost:4173/%23${encodeURIComponent(String(link))}`,
    `See [this](http://localhost:4173/#${link}).`,
    "seed=7;decay=0.001;train=30;v=1",
  ]) {
    expect(await canonical(text), text).toBe(link);
  }
});

test("what is shown is no part of it, what the texts come from is", async () => {
  const link = await canonical("v=1;train=30;from=moons-overfit;view=log.weights-norms");
  expect(link).toMatch(/;train=30;from=moons-overfit$/);
});

test("remarks are printed below the settings", async () => {
  const { found, text } = await inspectArgument("#v=1;train=30;colour=red");
  expect(found.remarks).toEqual(['Unknown setting "colour" ignored.']);
  expect(text).toMatch(
    /^Link: #v=1.*\n {2}Data set: .*\n {2}Training examples: 30\n {2}- Unknown setting/,
  );
});

test("an address without an experiment says so; what is no link is refused", async () => {
  const { found } = await inspectArgument("https://example.org/page");
  expect(found.remarks).toEqual([
    "This address holds no experiment; it opens the one of the first visit.",
  ]);
  for (const text of ["", "#", "notes", "x=1", "folder/no-such.csv"]) {
    await expect(inspectArgument(text), text).rejects.toThrow("no such file");
  }
});
