// A data set without its files: says what is missing, takes the files, says where a site keeps them.
import type { ChoiceField } from "../../experiment/fields";
import { fieldEntry } from "../../experiment/schema";
import { type DataKind, standInSettings } from "../../experiment/tasks";
import type { EngineErrorDescription } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { takeFiles } from "../engine/ownTable";
import { usePage } from "../store/page";
import { useSettings } from "../store/settings";
import ui from "../ui/ui.module.css";
import { FileChooser } from "./FileChooser";
import styles from "./views.module.css";

interface Home {
  readonly title: string;
  readonly address: string;
  readonly folder: string;
}

/** Where the sets are published, and their folders on a site. */
const homes: Readonly<Record<string, Home>> = {
  mnist: { title: "MNIST", address: "http://yann.lecun.com/exdb/mnist/", folder: "mnist" },
  fashionMnist: {
    title: "Fashion-MNIST",
    address: "https://github.com/zalandoresearch/fashion-mnist",
    folder: "fashion-mnist",
  },
  cifar10: {
    title: "CIFAR-10",
    address: "https://www.cs.toronto.edu/~kriz/cifar.html",
    folder: "cifar10",
  },
};

export function FilesCard({ failure }: { readonly failure: EngineErrorDescription }) {
  const engine = useEngine();
  const over = usePage((page) => page.dropping);
  const kind = useSettings(({ experiment }) => experiment.data.kind);
  const home = homes[kind];
  return (
    <div className={styles.body}>
      <div className={styles.files}>
        {failure.kind === "data-bad" ? <p role="alert">{failure.message}</p> : null}
        <div className={`${styles.drop} ${over ? styles.over : ""}`}>
          <span>
            {home?.title} is read from files.
            <br />
            Drop them anywhere on the page, packed (.gz) or not.
          </span>
          <div className={styles.buttons}>
            <FileChooser
              label={`${home?.title} files`}
              onFiles={(files) => takeFiles(engine, files)}
            />
            <button type="button" className={ui.button} onClick={() => engine.restart()}>
              Try again
            </button>
          </div>
        </div>
        <StandIn kind={kind} />
        {failure.kind === "data-missing" ? (
          <p className={styles.hint} role="alert">
            {failure.message}
          </p>
        ) : null}
        {home ? <Origin home={home} /> : null}
      </div>
    </div>
  );
}

/** The way on for those who have no files and no network. */
function StandIn({ kind }: { readonly kind: DataKind }) {
  const settings = standInSettings(kind);
  if (!settings) return null;
  const [, other] = settings[0] as (typeof settings)[number];
  const { choices } = fieldEntry("data.kind").field as ChoiceField;
  const label = choices.find(({ value }) => value === other)?.label;
  return (
    <div className={styles.standIn}>
      <button
        type="button"
        className={ui.button}
        onClick={() => useSettings.getState().replaceData(settings)}
      >
        Use {label} instead
      </button>
      <span className={styles.hint}>
        Generated here: pictures of the same size and as many classes. Network and regularization
        stay.
      </span>
    </div>
  );
}

function Origin({ home }: { readonly home: Home }) {
  return (
    <p className={styles.hint}>
      The files are at{" "}
      <a href={home.address} target="_blank" rel="noreferrer">
        {home.address.replace(/^https?:\/\//, "")}
      </a>
      . Dropped files stay on this device. Whoever runs this site can put them into its{" "}
      <code>datasets/{home.folder}/</code> folder once for everybody.
    </p>
  );
}
