// Which picture goes through the network: a row to choose from, and the chosen one with the network's answer.
import { useEffect, useRef } from "react";
import type { ActivationMaps, PictureChoice } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { countDropped } from "../logic/tiles";
import { usePalette } from "../ui/colours";
import { nextIndex } from "../ui/roving";
import { cross } from "./crosses";
import styles from "./inside.module.css";
import { byteWord, paintRectangle } from "./paintTiles";

interface Props {
  readonly maps: ActivationMaps;
  readonly classNames: readonly string[];
}

/** Thumbnails: arrow keys choose, and so do the buttons at both ends. */
export function PictureStrip({ maps, classNames }: Props) {
  const engine = useEngine();
  const strip = useRef<HTMLDivElement>(null);
  const { choices, picture } = maps;
  const chosen = Math.max(
    0,
    choices.findIndex(({ index }) => index === picture),
  );
  const choose = (slot: number, focus: boolean) => {
    const choice = choices[slot];
    if (!choice) return;
    engine.look({ picture: choice.index });
    const button = strip.current?.querySelectorAll("button")[slot];
    button?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
    if (focus) button?.focus({ preventScroll: true });
  };
  const move = (event: React.KeyboardEvent) => {
    const next = nextIndex(event.key, chosen, choices.length, choices.length);
    if (next === null) return;
    event.preventDefault();
    choose(next, true);
  };
  return (
    <div className={styles.chooser}>
      <button
        type="button"
        aria-label="Picture before"
        disabled={chosen === 0}
        onClick={() => choose(chosen - 1, false)}
      >
        ‹
      </button>
      <div
        ref={strip}
        role="radiogroup"
        aria-label="Picture to follow"
        className={styles.thumbs}
        onKeyDown={move}
      >
        {choices.map((choice, slot) => (
          <Thumb
            key={choice.index}
            choice={choice}
            maps={maps}
            name={nameOf(choice, classNames)}
            checked={slot === chosen}
            onChoose={() => choose(slot, false)}
          />
        ))}
      </div>
      <button
        type="button"
        aria-label="Next picture"
        disabled={chosen === choices.length - 1}
        onClick={() => choose(chosen + 1, false)}
      >
        ›
      </button>
    </div>
  );
}

const nameOf = ({ index, label }: PictureChoice, classNames: readonly string[]) =>
  `Validation picture ${index}: ${classNames[label] ?? label}`;

interface ThumbProps {
  readonly choice: PictureChoice;
  readonly maps: ActivationMaps;
  readonly name: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

function Thumb({ choice, maps, name, checked, onChoose }: ThumbProps) {
  const { width, height, channels } = maps;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture to choose; a native radio button has no face
    <button
      type="button"
      role="radio"
      aria-checked={checked}
      aria-label={name}
      title={name}
      tabIndex={checked ? 0 : -1}
      onClick={onChoose}
    >
      <Bytes pixels={choice.pixels} width={width} height={height} channels={channels} />
    </button>
  );
}

interface BytesProps {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

function Bytes({ pixels, width, height, channels }: BytesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current) return;
    paintRectangle(canvas.current, width, height, (pixel) => byteWord(pixels, channels, pixel));
  }, [pixels, width, height, channels]);
  return <canvas ref={canvas} />;
}

export function ChosenPicture({ maps, classNames }: Props) {
  const { choices, picture, predicted, confidence, stages, width, height, channels } = maps;
  const choice = choices.find(({ index }) => index === picture);
  const input = stages.find(({ name }) => name === "input");
  if (!choice) return null;
  const name = (kind: number) => classNames[kind] ?? String(kind);
  const right = choice.label === predicted;
  return (
    <figure className={styles.chosen}>
      <div className={styles.original}>
        <Bytes pixels={choice.pixels} width={width} height={height} channels={channels} />
        {input?.dropped ? (
          <DroppedInputs flags={input.dropped} width={width} height={height} />
        ) : null}
      </div>
      <figcaption>
        <b>{name(choice.label)}</b>
        <span>
          {right ? "✓" : "✗"} {Math.round(confidence * 100)} %{right ? "" : ` ${name(predicted)}`}
        </span>
        {input?.dropped ? (
          <span data-testid="dropped-input">
            dropped: {countDropped(input)} of {input.units}
          </span>
        ) : null}
      </figcaption>
    </figure>
  );
}

interface DroppedProps {
  /** [height, width, channels] */
  readonly flags: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Canvas pixels per pixel of the picture: room for a cross. */
const side = 6;

/** Crosses over the pixels of which the next step drops a value. */
function DroppedInputs({ flags, width, height }: DroppedProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, width * side, height * side);
    context.strokeStyle = palette.css("--valid");
    context.lineWidth = 1.2;
    const channels = flags.length / (width * height);
    flags.forEach((flag, at) => {
      if (!flag) return;
      const pixel = Math.floor(at / channels);
      cross(context, (pixel % width) * side, Math.floor(pixel / width) * side, side);
    });
  }, [flags, width, height, palette]);
  return <canvas ref={canvas} width={width * side} height={height * side} />;
}
