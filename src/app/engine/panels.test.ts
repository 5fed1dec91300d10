// @vitest-environment happy-dom
// What the page asks the worker for: what is on screen, in a hidden page nothing but the curves.
import { afterEach, expect, test, vi } from "vitest";
import { Panels } from "./panels";

afterEach(() => vi.restoreAllMocks());

test("a panel is asked for as long as somebody shows it", () => {
  const panels = new Panels(() => undefined);
  const leave = [panels.show("weights"), panels.show("weights"), panels.show("maps")];
  expect(panels.request().panels).toEqual(["weights", "maps"]);
  leave[0]?.();
  leave[2]?.();
  expect(panels.request().panels).toEqual(["weights"]);
  leave[1]?.();
  expect(panels.request().panels).toEqual([]);
});

test("a hidden page asks for no panel and for fewer frames, until it is shown again", () => {
  const panels = new Panels(() => undefined);
  panels.show("boundary");
  const { framesPerSecond } = panels.request();
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  expect(panels.request().panels).toEqual([]);
  expect(panels.request().framesPerSecond).toBeLessThanOrEqual(framesPerSecond / 4);
  hidden.mockReturnValue(false);
  expect(panels.request()).toMatchObject({ panels: ["boundary"], framesPerSecond });
});
