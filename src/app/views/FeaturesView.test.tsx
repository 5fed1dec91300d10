// @vitest-environment happy-dom
// The inputs of a table: only the generated one is known to have inputs that decide.
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { defaultExperiment, withValue } from "../../experiment/schema";
import { EngineContext } from "../engine/context";
import type { Engine } from "../engine/engine";
import { useRun } from "../store/run";
import { FeaturesView } from "./FeaturesView";

function text(kind: "tabular" | "ownTable"): string {
  useRun.setState({ experiment: withValue(defaultExperiment, "data.kind", kind) });
  const { container } = render(
    <EngineContext value={{ show: () => () => {} } as unknown as Engine}>
      <FeaturesView names={["rooms", "year"]} />
    </EngineContext>,
  );
  return container.textContent ?? "";
}

afterEach(cleanup);

test("a legend stands beside the generated table alone", () => {
  expect(text("tabular")).toContain("5 inputs that decide the class");
  cleanup();
  expect(text("ownTable")).not.toContain("decide");
});
