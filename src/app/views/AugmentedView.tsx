// What the network really sees: the training pictures of the next step, before and after augmentation and noise.
import { useRef } from "react";
import type { AugmentedPicture, AugmentedPictures } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import { history } from "../store/run";
import { Pixels } from "./Pixels";
import styles from "./views.module.css";

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** "coat", or "70 % coat, 30 % shirt" */
function labelText(
  { label, partner, share }: Pick<AugmentedPicture, "label" | "partner" | "share">,
  name: (kind: number) => string,
): string {
  if (partner === null) return name(label);
  return `${percent(share)} ${name(label)}, ${percent(1 - share)} ${name(partner)}`;
}

export function AugmentedView({ classNames }: { readonly classNames: readonly string[] }) {
  const box = useRef<HTMLDivElement>(null);
  useWatched("augmented", box, 300);
  const augmented = history.latest("augmented");
  return (
    <div className={styles.body} ref={box}>
      <p className={styles.hint}>
        Pictures of the next step: as they are, and as the network will see them.
      </p>
      {augmented ? (
        <Pairs augmented={augmented} classNames={classNames} />
      ) : (
        <p className={styles.waiting}>The pictures come with the next measurement.</p>
      )}
    </div>
  );
}

interface PairsProps {
  readonly augmented: AugmentedPictures;
  readonly classNames: readonly string[];
}

function Pairs({ augmented, classNames }: PairsProps) {
  const { step } = augmented;
  const name = (kind: number) => classNames[kind] ?? String(kind);
  return (
    <ul className={`${styles.grid} ${styles.pairs}`} data-testid="augmented">
      {augmented.pictures.map((picture, place) => {
        const text = labelText(picture, name);
        const { before, after, index } = picture;
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: the place in the batch is what stays
            key={place}
            className={`${styles.picture} ${picture.mislabelled ? styles.wrong : ""}`}
            title={`Training picture ${index} in step ${step}: ${text}`}
          >
            <span className={styles.pair}>
              <Pixels pixels={before} id={`${index}`} form={augmented} />
              <span aria-hidden="true">→</span>
              <Pixels pixels={after} id={`${step} ${fingerprint(after)}`} form={augmented} />
            </span>
            <span>
              {text}
              {picture.mislabelled ? " (wrong label)" : ""}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Tells pictures of the same step under other settings apart. */
function fingerprint(bytes: Uint8Array): number {
  let hash = 0;
  for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
  return hash;
}
