// Pictures with what the network thinks of them: a fixed sample, the worst mistakes, and those with a wrong label.
import { useRef } from "react";
import type { Gallery as GalleryFrame, JudgedPicture } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import { history } from "../store/run";
import { type PictureForm, Pixels } from "./Pixels";
import styles from "./views.module.css";

export type GalleryTab = "samples" | "mistakes" | "mislabelled";

interface Props {
  readonly tab: GalleryTab;
  readonly classNames: readonly string[];
}

const hints: Readonly<Record<GalleryTab, string>> = {
  samples: "A fixed sample of validation images: label, then prediction and confidence.",
  mistakes: "Misclassified validation images, highest loss first.",
  mislabelled:
    "Training images with a wrong label. Where the network predicts that label, it has memorized the image.",
};

function picturesOf(gallery: GalleryFrame, tab: GalleryTab): readonly JudgedPicture[] {
  if (tab === "samples") return gallery.sample;
  return tab === "mistakes" ? gallery.worst : gallery.mislabelled;
}

export function Gallery({ tab, classNames }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useWatched("gallery", box, 300);
  const gallery = history.latest("gallery");
  const pictures = gallery ? picturesOf(gallery, tab) : [];
  return (
    <div className={styles.body} ref={box}>
      <p className={styles.hint}>{hints[tab]}</p>
      {gallery && pictures.length === 0 ? (
        <p className={styles.waiting}>
          {tab === "mistakes" ? "No misclassified validation image." : "None."}
        </p>
      ) : null}
      <ul className={styles.grid} data-testid="gallery">
        {gallery
          ? pictures.map((picture) => (
              <Picture
                key={`${picture.part}-${picture.index}`}
                picture={picture}
                form={gallery}
                classNames={classNames}
                memorized={tab === "mislabelled"}
              />
            ))
          : null}
      </ul>
    </div>
  );
}

interface PictureProps {
  readonly picture: JudgedPicture;
  readonly form: PictureForm;
  readonly classNames: readonly string[];
  readonly memorized: boolean;
}

export function Picture({ picture, form, classNames, memorized }: PictureProps) {
  const { label, predicted, confidence, index, part } = picture;
  const right = label === predicted;
  const name = (kind: number) => classNames[kind] ?? String(kind);
  const share = `${Math.round(confidence * 100)} %`;
  const title = `${part === "train" ? "Training" : "Validation"} picture ${index}: label ${name(label)}, network says ${name(predicted)}, ${share}`;
  const flagged = memorized ? right : !right;
  return (
    <li className={`${styles.picture} ${flagged ? styles.wrong : ""}`} title={title}>
      <Pixels pixels={picture.pixels} id={`${part}-${index}`} form={form} />
      <span>
        <b>{name(label)}</b>
      </span>
      <span>
        {right ? "✓" : "✗"} {share}
        {right ? "" : ` ${name(predicted)}`}
      </span>
    </li>
  );
}
