// @vitest-environment happy-dom
// Controls made from the schema: typing, sliding, refusing, taking back.
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applies } from "../../experiment/applies";
import { presets } from "../../experiment/presets";
import { fieldEntries } from "../../experiment/schema";
import { tableFields } from "../../experiment/sections/table";
import { useSettings } from "../store/settings";
import { ExperimentColumn } from "./ExperimentColumn";

function setting(path: string): HTMLInputElement {
  const element = document.getElementById(`setting-${path}`);
  if (!element) throw new Error(`There is no control for ${path}.`);
  return element as HTMLInputElement;
}

function type(path: string, text: string): void {
  const input = setting(path);
  fireEvent.focus(input);
  fireEvent.change(input, { target: { value: text } });
  fireEvent.keyDown(input, { key: "Enter" });
}

const held = () => useSettings.getState().experiment;

beforeEach(() => {
  const [first] = presets;
  if (first) useSettings.getState().load(first);
  render(<ExperimentColumn />);
});
afterEach(cleanup);

/** Chosen where the table, the points or the pictures are shown. */
const elsewhere = [
  ...["points", "album", "albumClasses", "fingerprint", "target", "columns", "answers", "missing"],
  ...Object.keys(tableFields),
];

test("every setting that acts has a control under its label, every other its reason and a remedy", () => {
  for (const { path, field, section } of fieldEntries) {
    if (section === "seed" || elsewhere.includes(path.slice("data.".length))) continue;
    const control = document.getElementById(`setting-${path}`);
    expect(control !== null, path).toBe(applies(held(), path));
    expect(screen.getAllByText(field.label).length, path).toBeGreaterThan(0);
    if (control) continue;
    const row = document.querySelector(`[data-inert] [data-setting="${path}"]`);
    expect(row?.textContent, path).toContain("No effect ");
    expect(row?.querySelector("button[aria-label*='has an effect']"), path).not.toBeNull();
    expect(row?.querySelector("input, select"), path).toBeNull();
  }
});

test("under Adam weight decay says that it has no effect, and its button makes it act", () => {
  type("regularization.weightDecay", "3");
  fireEvent.change(setting("optimizer.kind"), { target: { value: "adam" } });
  const row = document.querySelector('[data-inert] [data-setting="regularization.weightDecay"]');
  expect(row?.textContent).toContain("Set to 3: no effect with Adam.");
  expect(row?.closest("details details")).toBeNull();
  fireEvent.click(
    screen.getByRole("button", { name: "Use AdamW, so that Weight decay has an effect" }),
  );
  expect(held().optimizer.kind).toBe("adamw");
  expect(setting("regularization.weightDecay").value).toBe("3");
});

test("a remedy that goes over to other data brings the settings that suit them", () => {
  fireEvent.click(
    screen.getByRole("button", { name: "Use stroke digits, so that Flip has an effect" }),
  );
  expect(held().data).toMatchObject({ kind: "strokeDigits", trainSize: 300, scaling: "unit" });
  expect(setting("augmentation.flip")).not.toBeNull();
});

test.each([
  ["1e-3", 1e-3],
  ["0,001", 1e-3],
  ["10", 10],
  [" 0 ", 0],
])("typing %s as weight decay gives %d", (text, value) => {
  type("regularization.weightDecay", text);
  expect(held().regularization.weightDecay).toBe(value);
  expect(setting("regularization.weightDecay").getAttribute("aria-invalid")).toBe("false");
});

test("shares are typed in percent, with or without the sign", () => {
  type("data.mislabelled", "25");
  expect(held().data.mislabelled).toBe(0.25);
  type("data.mislabelled", "12,5 %");
  expect(held().data.mislabelled).toBe(0.125);
});

test("whole numbers are shown as they are counted", () => {
  type("data.trainSize", "1 000");
  expect(held().data.trainSize).toBe(1000);
  expect(setting("data.trainSize").value).toBe("1000");
});

test("a refused value is explained at its control and changes nothing", () => {
  const before = held();
  type("optimizer.learningRate", "99");
  expect(held()).toBe(before);
  const alert = screen.getByRole("alert");
  expect(alert.textContent).toContain("Learning rate is 99: it must be a number from 1e-6 to 10.");
  expect(setting("optimizer.learningRate").getAttribute("aria-describedby")).toBe(alert.id);
  expect(setting("optimizer.learningRate").value).toBe("99");
  type("optimizer.learningRate", "0.01");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(held().optimizer.learningRate).toBe(0.01);
});

test("text that is no number is refused too; Escape brings the value back", () => {
  type("data.noise", "much");
  expect(screen.getByRole("alert").textContent).toContain('Noise is "much"');
  fireEvent.keyDown(setting("data.noise"), { key: "Escape" });
  expect(setting("data.noise").value).toBe("0.28");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("↺ appears on a changed value and leads back to the preset's", () => {
  expect(screen.queryByRole("button", { name: /Back to .*: Dropout/ })).toBeNull();
  type("regularization.dropoutHidden", "0.5");
  fireEvent.click(screen.getByRole("button", { name: "Back to 0: Dropout" }));
  expect(held().regularization.dropoutHidden).toBe(0);
  expect(setting("regularization.dropoutHidden").value).toBe("0");
});

test("the slider snaps, and its arrows go from stop to stop", () => {
  const slider = screen.getByRole("slider", { name: "Dropout, slider" });
  fireEvent.change(slider, { target: { value: "535" } });
  expect(held().regularization.dropoutHidden).toBe(0.5);
  fireEvent.keyDown(slider, { key: "ArrowRight" });
  expect(held().regularization.dropoutHidden).toBe(0.6);
  expect(slider.getAttribute("aria-valuetext")).toBe("0.6");
});

test("a control appears with the choice that needs it", () => {
  expect(document.getElementById("setting-optimizer.momentum")).toBeNull();
  fireEvent.change(setting("optimizer.kind"), { target: { value: "momentum" } });
  expect(document.getElementById("setting-optimizer.momentum")).not.toBeNull();
});

test("layers are typed, added and taken away; a width out of bounds is refused", () => {
  fireEvent.click(screen.getByRole("button", { name: "Hidden layers: add one" }));
  expect(held().model.hiddenWidths).toEqual([64, 64, 32, 32]);
  const second = screen.getByLabelText("Units in hidden layer 2") as HTMLInputElement;
  fireEvent.change(second, { target: { value: "8" } });
  fireEvent.keyDown(second, { key: "Enter" });
  expect(held().model.hiddenWidths).toEqual([64, 8, 32, 32]);
  fireEvent.change(second, { target: { value: "" } });
  fireEvent.blur(second);
  expect(held().model.hiddenWidths).toEqual([64, 32, 32]);
  const first = screen.getByLabelText("Units in hidden layer 1") as HTMLInputElement;
  fireEvent.change(first, { target: { value: "5000" } });
  fireEvent.keyDown(first, { key: "Enter" });
  expect(held().model.hiddenWidths).toEqual([64, 32, 32]);
  expect(screen.getByRole("alert").textContent).toContain("Hidden layers");
  fireEvent.click(screen.getByRole("button", { name: "Hidden layers: remove the last" }));
  expect(held().model.hiddenWidths).toEqual([64, 32]);
});

test("another data set brings the settings that suit it and is a new beginning", () => {
  fireEvent.click(screen.getByRole("radio", { name: "Stroke digits" }));
  expect(held().data).toMatchObject({ kind: "strokeDigits", trainSize: 300, scaling: "unit" });
  expect(screen.queryByRole("button", { name: /Back to/ })).toBeNull();
});

test("a data set takes away what it brought, but not what a person changed", () => {
  const before = held();
  fireEvent.click(screen.getByRole("radio", { name: "Shapes" }));
  expect(held().model).toMatchObject({ family: "cnn", hiddenWidths: [], normalization: "batch" });
  act(() => void useSettings.getState().change([["optimizer.epochs", 33]]));
  fireEvent.click(screen.getByRole("radio", { name: "Two moons" }));
  expect(held().model).toEqual(before.model);
  expect(held().data.validationSize).toBe(before.data.validationSize);
  expect(held().optimizer.epochs).toBe(33);
});

test("corrections of a link open what is folded away and flash the control", () => {
  const { experiment } = useSettings.getState();
  const corrections = [{ path: "optimizer.beta1" as const, message: "β₁ is 7. Now 0.999." }];
  act(() => useSettings.getState().open(experiment, corrections));
  const row = document.querySelector('[data-setting="optimizer.beta1"]');
  expect(row?.closest("details")?.open).toBe(true);
  expect(row?.className).toContain("flash");
});

test.each([
  ["regularization.dropoutHidden", "1", "Dropout is 1: it must be a number from 0 to 0.95"],
  ["regularization.dropoutInput", "-1", "Input dropout is -1"],
  ["optimizer.batchSize", "1", "batch normalization needs at least 2"],
])("%s refuses %s and says why", (path, text, message) => {
  act(() => {
    useSettings.getState().change([["model.normalization", "batch"]]);
  });
  const before = held();
  type(path, text);
  expect(screen.getByRole("alert").textContent).toContain(message);
  expect(held()).toEqual(before);
});

test("a block whose kernel would be larger than its picture is refused", () => {
  act(() => {
    useSettings.getState().chooseData("strokeDigits");
    useSettings.getState().change([
      ["model.family", "cnn"],
      ["model.filters", [4, 4, 4, 4]],
    ]);
  });
  fireEvent.click(screen.getByRole("button", { name: "Convolution blocks: add one" }));
  expect(screen.getByRole("alert").textContent).toContain("3×3 kernel on a picture of 1×1");
  expect(held().model.filters).toHaveLength(4);
});

test("more parameters than the bound are refused where the widths are typed", () => {
  const box = screen.getByRole("textbox", { name: "Units in hidden layer 1" });
  for (const layer of [1, 2, 3]) {
    const input = screen.getByRole("textbox", { name: `Units in hidden layer ${layer}` });
    fireEvent.change(input, { target: { value: "1024" } });
    fireEvent.keyDown(input, { key: "Enter" });
  }
  expect(box).toBeDefined();
  expect(screen.getByRole("alert").textContent).toContain("at most 2,000,000");
});

test("strength per layer has a box for every layer, and 1 everywhere is the empty list", () => {
  act(() => {
    useSettings.getState().change([["regularization.l2", 0.1]]);
  });
  const box = (name: string) => screen.getByRole("textbox", { name: `Strength in ${name}` });
  const enter = (name: string, text: string) => {
    fireEvent.change(box(name), { target: { value: text } });
    fireEvent.keyDown(box(name), { key: "Enter" });
  };
  enter("hidden 2", "0,5");
  expect(held().regularization.layerMultipliers).toEqual([1, 0.5]);
  enter("the output layer", "0");
  expect(held().regularization.layerMultipliers).toEqual([1, 0.5, 1, 0]);
  enter("the output layer", "-3");
  expect(screen.getByRole("alert").textContent).toContain("Strength per layer");
  enter("the output layer", "");
  enter("hidden 2", "1");
  expect(held().regularization.layerMultipliers).toEqual([]);
});

test("a schedule has its curve beside it, and a constant one has none", () => {
  const curve = (path: string) => screen.queryByTestId(`curve-${path}`);
  expect(curve("optimizer.schedule")).toBeNull();
  act(() => {
    useSettings.getState().change([
      ["optimizer.schedule", "cosine"],
      ["optimizer.warmUpEpochs", 10],
    ]);
  });
  expect(curve("optimizer.schedule")?.getAttribute("aria-label")).toMatch(
    /learning rate over the run: \d+ % at the first step, at most 100 %, 0 % at the last/,
  );
  act(() => {
    useSettings.getState().change([
      ["regularization.l2", 0.1],
      ["regularization.schedule", "ramp"],
    ]);
  });
  fireEvent.click(screen.getByText(/^More: .*strength schedule/));
  expect(curve("regularization.schedule")?.getAttribute("aria-label")).toContain(
    "0 % at the first step, at most 100 %, 100 % at the last",
  );
});
