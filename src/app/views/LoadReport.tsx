// What became of the files that were loaded: which were left out and why, file by file, and what is worth knowing of the rest.
import { useMemo } from "react";
import { type RefusedFile, refusalText } from "../../data/album/judge";
import { albumRemarks, readRemarks } from "../../data/album/remarks";
import { usePictures } from "../store/pictures";
import { useSettings } from "../store/settings";
import styles from "./pictures.module.css";

/** Files of a kind that are shown at once; more are folded. */
const shownAtOnce = 4;

/** Refused files of one kind, in the order in which the first of each came. */
function byKind(refused: readonly RefusedFile[]): RefusedFile[][] {
  const kinds = new Map<string, RefusedFile[]>();
  for (const one of refused) {
    const key = `${one.kind.one}\n${one.advice}`;
    const held = kinds.get(key);
    if (held) held.push(one);
    else kinds.set(key, [one]);
  }
  return [...kinds.values()];
}

function Kind({ files }: { readonly files: readonly RefusedFile[] }) {
  const [first] = files;
  if (!first) return null;
  if (files.length === 1) {
    return (
      <li>
        <b>{first.file}</b> {refusalText(first)}
      </li>
    );
  }
  const alike = files.every(({ why }) => why === first.why);
  const list = alike ? (
    <p className={styles.files}>{files.map(({ file }) => file).join(", ")}</p>
  ) : (
    <ul className={styles.files}>
      {files.map(({ file, why }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two folders may hold files of one name
        <li key={`${file} ${place}`}>
          <b>{file}</b> {why}.
        </li>
      ))}
    </ul>
  );
  return (
    <li>
      <b>
        {files.length} {first.kind.many}
      </b>
      . {first.advice}
      {files.length <= shownAtOnce ? (
        list
      ) : (
        <details>
          <summary>Show the {files.length} files</summary>
          {list}
        </details>
      )}
    </li>
  );
}

/** Problems of the load and files that were left out. */
export function Refusals() {
  const { problems, refused, read } = usePictures();
  const kinds = useMemo(() => byKind(refused), [refused]);
  if (problems.length + refused.length === 0) return null;
  return (
    <div className={styles.problems} role="alert">
      <div>
        {problems.map((problem) => (
          <p key={problem}>{problem}</p>
        ))}
        {refused.length > 0 ? (
          <details open>
            <summary className={styles.heading}>
              {refused.length === 1 ? "1 file was" : `${refused.length} files were`} left out
              {read.length > 0 ? `, ${read.length} taken` : ""}
            </summary>
            <ul data-testid="refused">
              {kinds.map((files) => (
                <Kind key={files[0]?.kind.one + (files[0]?.advice ?? "")} files={files} />
              ))}
            </ul>
          </details>
        ) : null}
      </div>
      <button
        type="button"
        className={styles.close}
        aria-label="Close the messages"
        onClick={() => usePictures.setState({ problems: [], refused: [] })}
      >
        ×
      </button>
    </div>
  );
}

/** What is worth knowing of the images that are there. */
export function Remarks() {
  const { album, read, notes } = usePictures();
  const seen = useSettings(({ experiment }) => Number(experiment.data.albumSide));
  const remarks = useMemo(
    () => [...notes, ...albumRemarks(album), ...readRemarks(read, seen)],
    [album, read, notes, seen],
  );
  if (remarks.length === 0) return null;
  return (
    <ul className={styles.remarks} data-testid="image-remarks">
      {remarks.map((remark) => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  );
}
