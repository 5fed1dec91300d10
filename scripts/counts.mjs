// Sums of passed, failed, flaky and skipped tests from the reports of the test runners.

/** More tests than this that passed only when tried again are a fault of their own. */
export const toleratedFlaky = 2;

const nothing = { passed: 0, failed: 0, flaky: [], skipped: [] };

/** @param report what vitest's JSON reporter wrote */
export function countUnit({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const having = (...statuses) => tests.filter(({ status }) => statuses.includes(status));
  return {
    ...nothing,
    passed: having("passed").length,
    failed: having("failed").length,
    skipped: having("skipped", "pending", "todo", "disabled").map(({ fullName }) => ({
      name: fullName,
      reason: "skipped by the test itself",
    })),
  };
}

/** @param report what Playwright's JSON reporter wrote */
export function countBrowser({ suites, errors = [] }) {
  const tests = suites.flatMap(testsOf);
  const named = (wanted) => tests.filter(({ status }) => status === wanted);
  return {
    passed: named("expected").length,
    // What breaks outside of any test counts as one.
    failed: named("unexpected").length + errors.length,
    flaky: named("flaky").map(({ name }) => name),
    skipped: named("skipped"),
  };
}

function testsOf({ suites = [], specs = [] }) {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests.map(({ projectName, status, annotations }) => ({
      name: `[${projectName}] ${file}: ${title}`,
      status,
      reason: annotations.find(({ type }) => type === "skip")?.description ?? "did not run",
    })),
  );
  return [...own, ...suites.flatMap(testsOf)];
}

/** What to print at the end: flaky and skipped tests by name and reason, and the sum, alone on the last line. */
export function summary(counts) {
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const flaky = counts.flatMap((count) => count.flaky);
  const skipped = counts.flatMap((count) => count.skipped);
  const tooMany = flaky.length > toleratedFlaky;
  const failed =
    counts.reduce((sum, count) => sum + count.failed, 0) + (tooMany ? flaky.length : 0);
  const lines = [];
  if (flaky.length > 0) {
    const verdict = tooMany
      ? `more than ${toleratedFlaky}, so they count as failed`
      : "not counted as passed";
    lines.push(`${flaky.length} flaky: failed, then passed when tried again (${verdict}):`);
    lines.push(...flaky.map((name) => `  ${name}`));
  }
  for (const [reason, number] of reasons(skipped)) lines.push(`${number} skipped: ${reason}`);
  const end = skipped.length > 0 ? `, ${skipped.length} skipped` : "";
  return { lines: [...lines, `${passed} passed, ${failed} failed${end}`], failed };
}

function reasons(skipped) {
  const numbers = new Map();
  for (const { reason } of skipped) numbers.set(reason, (numbers.get(reason) ?? 0) + 1);
  return numbers;
}
