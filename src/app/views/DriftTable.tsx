// The twelve corrupted versions as a table of small pictures, each with what the network still gets right.
import type { DriftReport, DriftVersion } from "../../worker/protocol";
import { change, strengthNames, versionName, versionWords } from "../logic/drift";
import { percent } from "../logic/figures";
import { useRoving } from "../ui/roving";
import styles from "./drift.module.css";
import { Pixels } from "./Pixels";

interface Props {
  readonly drift: DriftReport;
  /** What changes are counted from, version by version; null: the pictures as they are. */
  readonly before: DriftReport | null;
  /** Place of the version whose classes are shown. */
  readonly chosen: number;
  readonly onChoose: (place: number) => void;
}

export function DriftTable({ drift, before, chosen, onChoose }: Props) {
  const [clean, ...corrupted] = drift.versions as [DriftVersion, ...DriftVersion[]];
  const across = strengthNames.length;
  const { current, setCurrent, onKeyDown } = useRoving(corrupted.length, across);
  const starts = corrupted.map((_, at) => at).filter((at) => at % across === 0);
  return (
    <table className={styles.versions} data-testid="drift-versions" onKeyDown={onKeyDown}>
      <caption className="visually-hidden">
        Accuracy on corrupted validation pictures, and its change in percentage points
      </caption>
      <thead>
        <tr>
          <td className={styles.clean}>
            <span className={styles.thumbnail}>
              <Pixels id="clean" pixels={clean.picture} form={drift} />
            </span>
            <span className="visually-hidden">one of the pictures as it is</span>
          </td>
          {strengthNames.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {starts.map((start) => (
          <tr key={start}>
            <th scope="row">{corrupted[start]?.kind}</th>
            {corrupted.slice(start, start + across).map((version, at) => (
              <td key={version.strength}>
                <Version
                  version={version}
                  clean={clean}
                  from={before?.versions[start + at + 1] ?? clean}
                  form={drift}
                  pressed={chosen === start + at + 1}
                  reached={current === start + at}
                  onChoose={() => onChoose(start + at + 1)}
                  onFocus={() => setCurrent(start + at)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface VersionProps {
  readonly version: DriftVersion;
  readonly clean: DriftVersion;
  /** What the change is counted from. */
  readonly from: DriftVersion;
  readonly form: DriftReport;
  readonly pressed: boolean;
  readonly reached: boolean;
  readonly onChoose: () => void;
  readonly onFocus: () => void;
}

function Version({
  version,
  clean,
  from,
  form,
  pressed,
  reached,
  onChoose,
  onFocus,
}: VersionProps) {
  const lost = Math.max(0, clean.accuracy - version.accuracy);
  const points = change(version.accuracy - from.accuracy);
  return (
    <button
      type="button"
      data-roving
      tabIndex={reached ? 0 : -1}
      aria-pressed={pressed}
      aria-label={`${versionName(version)}: ${percent(version.accuracy)} right, ${points} points`}
      title={versionWords(version)}
      className={styles.version}
      style={{ "--lost": lost } as React.CSSProperties}
      onClick={onChoose}
      onFocus={onFocus}
    >
      <span className={styles.thumbnail}>
        <Pixels id={versionName(version)} pixels={version.picture} form={form} />
      </span>
      <span className={styles.figures}>
        <b>{percent(version.accuracy)}</b>
        <span>{points}</span>
      </span>
    </button>
  );
}
