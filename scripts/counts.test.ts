// The sums of `npm test`: nothing flaky or skipped hides among what passed.
import { expect, test } from "vitest";
import { countBrowser, countUnit, summary } from "./counts.mjs";

const run = (status: string, projectName = "wasm", reason?: string) => ({
  title: "a run",
  file: "run.spec.ts",
  tests: [
    {
      projectName,
      status,
      annotations: reason ? [{ type: "skip", description: reason }] : [],
    },
  ],
});

const report = (...statuses: string[]) => ({
  suites: [{ specs: [run("expected")], suites: [{ specs: statuses.map((each) => run(each)) }] }],
});

test("passed, failed, flaky and skipped tests are told apart, in suites of any depth", () => {
  expect(countBrowser(report("unexpected", "flaky", "skipped", "expected"))).toMatchObject({
    passed: 2,
    failed: 1,
    flaky: ["[wasm] run.spec.ts: a run"],
    skipped: [{ reason: "did not run" }],
  });
});

test("the last line is the sum; skipped tests follow with their reasons before it", () => {
  const missing = "WebKit could not be installed";
  const skipped = { suites: [{ specs: [run("skipped", "webkit", missing), run("expected")] }] };
  const { lines, failed } = summary([countBrowser(skipped)]);
  expect(lines).toEqual([`1 skipped: ${missing}`, "1 passed, 0 failed, 1 skipped"]);
  expect(failed).toBe(0);
});

test("two flaky tests are listed; a third makes all of them failures", () => {
  const two = summary([countBrowser(report("flaky", "flaky"))]);
  expect(two.failed).toBe(0);
  expect(two.lines[0]).toContain("2 flaky");
  expect(two.lines.at(-1)).toBe("1 passed, 0 failed");
  const three = summary([countBrowser(report("flaky", "flaky")), countBrowser(report("flaky"))]);
  expect(three.failed).toBe(3);
  expect(three.lines.at(-1)).toBe("2 passed, 3 failed");
});

test("an error outside of any test counts", () => {
  expect(countBrowser({ suites: [], errors: [{ message: "no server" }] }).failed).toBe(1);
});

test("unit tests: passed, failed and skipped", () => {
  const assertionResults = ["passed", "passed", "failed", "skipped", "todo"].map((status) => ({
    status,
    fullName: status,
  }));
  expect(countUnit({ testResults: [{ assertionResults }] })).toMatchObject({
    passed: 2,
    failed: 1,
    skipped: [{ name: "skipped" }, { name: "todo" }],
  });
});
