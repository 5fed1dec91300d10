// The data set as a row of small pictures; another one brings the settings that suit it.
import { useCallback, useEffect, useState } from "react";
import type { RawExamples } from "../../data/types";
import type { Choice, ChoiceField } from "../../experiment/fields";
import { choiceHelp } from "../../experiment/help";
import { type Experiment, type FieldPath, withValue } from "../../experiment/schema";
import { type DataKind, describeTask, recommendedSettings } from "../../experiment/tasks";
import { useSettings } from "../store/settings";
import { Canvas } from "../ui/Canvas";
import { usePalette } from "../ui/colours";
import type { Size } from "../ui/hooks";
import styles from "./controls.module.css";
import { labelId, messageId, Row } from "./Row";
import { useSetting } from "./useSetting";

type Painter = typeof import("./thumbnail");

export function DataControl({ path }: { readonly path: FieldPath }) {
  const setting = useSetting<ChoiceField, DataKind>(path);
  const [message, setMessage] = useState<string | null>(null);
  const painter = usePainter();
  const { field, value } = setting;
  const chosen = field.choices.find((choice) => choice.value === value);
  const choose = (kind: string) => setMessage(useSettings.getState().chooseData(kind as DataKind));
  return (
    <Row setting={setting} end={<b>{chosen?.label}</b>} message={message}>
      <div
        className={styles.thumbs}
        role="radiogroup"
        id={`setting-${path}`}
        aria-labelledby={labelId(path)}
        {...(message ? { "aria-describedby": messageId(path) } : {})}
      >
        {field.choices.map((choice) => (
          <label key={choice.value} className={styles.thumb} title={tooltip(choice)}>
            <input
              type="radio"
              name={path}
              value={choice.value}
              checked={choice.value === value}
              aria-label={choice.label}
              onChange={() => choose(choice.value)}
            />
            <Thumbnail kind={choice.value as DataKind} painter={painter} />
            <span className={styles.tileName} aria-hidden="true">
              {choice.label}
            </span>
          </label>
        ))}
      </div>
    </Row>
  );
}

function tooltip(choice: Choice): string {
  const words = choiceHelp["data.kind"]?.[choice.value];
  return words ? `${choice.label}: ${words}` : choice.label;
}

/** The generators come after the page: thumbnails are worth no wait. */
function usePainter(): Painter | null {
  const [painter, setPainter] = useState<Painter | null>(null);
  useEffect(() => {
    let mounted = true;
    void import("./thumbnail").then((module) => {
      if (mounted) setPainter(module);
    });
    return () => {
      mounted = false;
    };
  }, []);
  return painter;
}

interface ThumbnailProps {
  readonly kind: DataKind;
  readonly painter: Painter | null;
}

function Thumbnail({ kind, painter }: ThumbnailProps) {
  const experiment = useSettings((settings) => settings.experiment);
  const palette = usePalette();
  const data = dataOf(experiment, kind);
  const key = JSON.stringify([data.noise, data.classes, kind, experiment.seed]);
  const [sample, setSample] = useState<{ data: Experiment["data"]; examples: RawExamples } | null>(
    null,
  );
  const drawn = describeTask(data).origin === "generated";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds all that the sample depends on
  useEffect(() => {
    if (painter && drawn) {
      setSample({ data, examples: painter.sampleThumbnail(data, experiment.seed) });
    }
  }, [painter, key]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: Size) => {
      if (sample && painter)
        painter.paintThumbnail(context, size, sample.data, sample.examples, palette);
    },
    [sample, painter, palette],
  );
  return drawn ? <Canvas draw={draw} /> : <FileSetIcon kind={kind} />;
}

/** The settings that a data set has or would get when chosen. */
function dataOf(experiment: Experiment, kind: DataKind): Experiment["data"] {
  if (experiment.data.kind === kind) return experiment.data;
  return recommendedSettings[kind].reduce(
    (held, [path, value]) => withValue(held, path, value),
    withValue(experiment, "data.kind", kind),
  ).data;
}

/** Outlines of what the sets from files show: a handwritten 7, a shirt, a ship, a table, points, pictures. */
const outlines: { readonly [K in DataKind]?: string } = {
  mnist: "M10 9c5-2 11-1 16-1-4 6-8 12-9 20M14 18h9",
  fashionMnist: "M13 8 6 12l3 6 3-1.6V28h12V16.4l3 1.6 3-6-7-4c-1 2.4-3 3.4-5 3.4S14 10.4 13 8Z",
  ownTable: "M5 8h26v20H5ZM5 14h26M5 21h26M14 8v20M23 8v20",
  ownPoints:
    "M8 8h3v3H8ZM14 13h3v3h-3ZM8 17h3v3H8ZM28 15l2 3h-4ZM23 22l2 3h-4ZM29 25l2 3h-4ZM13 30 25 7",
  ownPictures: "M5 8h20v16H5ZM9 8V5h20v16h-4M5 21l6-6 5 5 3-3 6 6M19 12h.1",
  cifar10: "M5 21h26l-4 7H9l-4-7ZM10 21v-6h15v6M15 15V9h4v6M4 31c3-2 5 1 8 0s5 1 8 0 5 1 8 0",
};

function FileSetIcon({ kind }: { readonly kind: DataKind }) {
  return (
    <svg
      viewBox="0 0 36 36"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={outlines[kind]} />
    </svg>
  );
}
