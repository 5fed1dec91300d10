// Experiments worth opening, each with what to look at.
import { lazy, Suspense } from "react";
import { differences } from "../../experiment/difference";
import { formatValue } from "../../experiment/format";
import { fieldEntry } from "../../experiment/schema";
import { useSettings } from "../store/settings";
import { DownIcon } from "../ui/icons";
import { Popover } from "../ui/Popover";
import styles from "./header.module.css";

const PresetList = lazy(() => import("./PresetList"));

export function PresetMenu() {
  const preset = useSettings((settings) => settings.preset);
  const changed = useSettings(
    ({ experiment, reference }) => differences(reference, experiment).length > 0,
  );
  const kind = useSettings(({ experiment }) => experiment.data.kind);
  const name = preset?.title ?? formatValue(fieldEntry("data.kind").field, kind);
  const title = `${name}${changed ? ", changed" : ""}`;
  const button = (
    <>
      <span>{title}</span>
      <DownIcon />
    </>
  );
  return (
    <Popover label={`Experiment: ${title}`} className={styles.preset} button={button} width={380}>
      {(close) => (
        <Suspense fallback={null}>
          <PresetList close={close} />
        </Suspense>
      )}
    </Popover>
  );
}
