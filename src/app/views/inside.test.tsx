// @vitest-environment happy-dom
// Filters, feature maps and the network's crosses with made numbers: what is off, what is dropped, what is asked for.
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import type {
  ActivationMaps,
  DatasetSummary,
  Frame,
  KernelPictures,
  Look,
  NeuronMaps,
} from "../../worker/protocol";
import { EngineContext } from "../engine/context";
import type { Engine } from "../engine/engine";
import { dropWords, isDropped } from "../logic/units";
import { history } from "../store/run";
import { FiltersView } from "./FiltersView";
import { MapsView } from "./MapsView";
import { byteWord, rowWidth } from "./paintTiles";

const dataset: DatasetSummary = {
  classNames: ["zero", "one"],
  featureNames: [],
  counts: { train: 10, validation: 20, test: 10 },
  points: null,
};

const asked: Partial<Look>[] = [];
const engine = {
  show: () => () => {},
  look: (changes: Partial<Look>) => asked.push(changes),
} as unknown as Engine;

function show(view: React.ReactNode, parts: Partial<Frame>) {
  history.clear();
  history.add({ step: 1, epoch: 1, stepsPerSecond: 0, points: [], ...parts });
  render(<EngineContext value={engine}>{view}</EngineContext>);
}

beforeEach(() => {
  asked.length = 0;
});
afterEach(cleanup);

/** Opens the table below the picture. */
function unfold(): void {
  const table = screen.getByText("Table").closest("details") as HTMLDetailsElement;
  expect(table.querySelector("table")).toBeNull();
  table.open = true;
  fireEvent(table, new Event("toggle"));
}

const block = (changes: Partial<KernelPictures> = {}): KernelPictures => ({
  name: "block 1",
  kind: "convolution",
  sees: "picture",
  units: 3,
  first: 0,
  shown: 3,
  channels: 1,
  shownChannels: 1,
  height: 3,
  width: 3,
  weights: new Float32Array(27).fill(0.5),
  largest: Float32Array.of(0.5, 0, 0.25),
  ...changes,
});

test("filters that are off are crossed out, named and counted", () => {
  show(<FiltersView />, { filters: [block()] });
  const tiles = within(screen.getByRole("list")).getAllByRole("listitem");
  expect(tiles.map(({ dataset: { crossed } }) => crossed)).toEqual(["false", "true", "false"]);
  expect(tiles[1]?.title).toBe("filter 2: off, all weights are 0");
  expect(tiles[2]?.title).toBe("filter 3: largest weight 0.250");
  expect(screen.getByTestId("filters-off").textContent).toContain("off: 1 of 3 filters");
  expect(screen.getByText("full colour: ±0.500")).toBeTruthy();
});

test("a block is chosen by its name, and each says what its tiles show", () => {
  const second = block({ name: "block 2", sees: "maps", channels: 20, shownChannels: 16 });
  show(<FiltersView />, { filters: [block({ channels: 3, shownChannels: 3 }), second] });
  expect(screen.getByText(/Grey is 0/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "block 2" }));
  expect(screen.getByText(/weights on the first 16 of 20 maps of the block before/)).toBeTruthy();
  expect(asked).toEqual([{ firstUnit: 0 }]);
});

test("many units come page by page", () => {
  const units = { name: "hidden 1", kind: "dense", units: 100, first: 64, shown: 36 } as const;
  const large = { weights: new Float32Array(324), largest: new Float32Array(100).fill(1) };
  show(<FiltersView />, { filters: [block({ ...units, ...large })] });
  expect(screen.getByText(/65–100 of 100 units/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "next units" })).toHaveProperty("disabled", true);
  fireEvent.click(screen.getByRole("button", { name: "units before" }));
  expect(asked).toEqual([{ firstUnit: 0 }]);
});

const maps = (dropped: Uint8Array | null): ActivationMaps => ({
  height: 2,
  width: 2,
  channels: 1,
  choices: [7, 8, 9].map((index) => ({ index, label: index % 2, pixels: new Uint8Array(4) })),
  picture: 8,
  predicted: 1,
  confidence: 0.9,
  row: 2,
  stages: [
    {
      name: "block 1",
      kind: "maps",
      units: 3,
      shown: 3,
      height: 1,
      width: 1,
      values: Float32Array.of(0, 2, -1),
      dropped,
    },
  ],
});

test("dropped maps are crossed out and counted; without dropout nothing speaks of it", () => {
  show(<MapsView dataset={dataset} />, { maps: maps(Uint8Array.of(1, 0, 1)) });
  expect(screen.getByTestId("dropped-block 1").textContent).toBe("dropped: 2 of 3");
  const tiles = screen.getAllByRole("listitem");
  expect(tiles.map(({ dataset: { crossed } }) => crossed)).toEqual(["true", "false", "true"]);
  expect(tiles[2]?.title).toBe("block 1, map 3: always −1.00, dropped in the next step");
  expect(screen.getByText(/at place 3 of its batch/)).toBeTruthy();
  unfold();
  expect(screen.getByRole("cell", { name: "2 of 3: 1, 3" })).toBeTruthy();
  cleanup();
  show(<MapsView dataset={dataset} />, { maps: maps(null) });
  expect(screen.queryByTestId("dropped-block 1")).toBeNull();
  expect(screen.getByTestId("maps").textContent).not.toMatch(/crossed out/i);
});

test("a picture is chosen by click, by arrow keys and by the buttons beside", () => {
  show(<MapsView dataset={dataset} />, { maps: maps(null) });
  const pictures = screen.getAllByRole("radio");
  expect(pictures.map((picture) => picture.getAttribute("aria-checked"))).toEqual([
    "false",
    "true",
    "false",
  ]);
  expect(screen.getByTestId("maps").textContent).toContain("✗ 90 % one");
  fireEvent.click(pictures[0] as HTMLElement);
  fireEvent.keyDown(pictures[1] as HTMLElement, { key: "ArrowRight" });
  expect(document.activeElement).toBe(pictures[2]);
  fireEvent.click(screen.getByRole("button", { name: "Picture before" }));
  expect(asked).toEqual([{ picture: 7 }, { picture: 9 }, { picture: 7 }]);
});

const neurons: NeuronMaps = {
  size: 1,
  domain: [0, 1, 0, 1],
  layers: [{ units: 2, activations: new Float32Array(2), dropped: Uint8Array.of(0, 1) }],
  droppedInputs: null,
  kernels: [],
};

test("the network picture knows its dropped units and says what the crosses mean", () => {
  expect(isDropped(neurons, { column: 1, unit: 1 })).toBe(true);
  expect(isDropped(neurons, { column: 1, unit: 0 })).toBe(false);
  expect(isDropped(neurons, { column: 0, unit: 1 })).toBe(false);
  const rates = { dropoutInput: 0.2, dropoutHidden: 0.3 };
  expect(dropWords(neurons, rates)).toBe("crossed out: dropped in the next step, p = 0.3");
  expect(dropWords({ ...neurons, droppedInputs: Uint8Array.of(1, 0) }, rates)).toContain(
    "p = 0.2 at the inputs, 0.3 behind",
  );
  expect(dropWords({ ...neurons, layers: [] }, rates)).toBeNull();
});

test("pixels are grey with one channel and colours with three; rows of weights have room for all maps", () => {
  expect(byteWord(Uint8Array.of(9, 16), 1, 1)).toBe(0xff101010);
  expect(byteWord(Uint8Array.of(9, 9, 9, 1, 2, 3), 3, 1)).toBe(0xff030201);
  // Sixteen maps of 3 weights, 4 pixels each, with 3 pixels between them.
  expect(rowWidth(block({ channels: 40, shownChannels: 16 }))).toBe(16 * 12 + 15 * 3);
});
