// Fashion-MNIST without its files: says what is missing, takes the files, says where a site keeps them.
import { useRef } from "react";
import type { EngineErrorDescription } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { usePage } from "../store/page";
import ui from "../ui/ui.module.css";
import styles from "./views.module.css";

export function FilesCard({ failure }: { readonly failure: EngineErrorDescription }) {
  const engine = useEngine();
  const over = usePage((page) => page.dropping);
  const chooser = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    if (files && files.length > 0) engine.restart([...files]);
  };
  return (
    <div className={styles.body}>
      <div className={styles.files}>
        {failure.kind === "data-bad" ? <p role="alert">{failure.message}</p> : null}
        <div className={`${styles.drop} ${over ? styles.over : ""}`}>
          <span>
            This data set is read from its four files.
            <br />
            Drop them anywhere on the page, packed (.gz) or not.
          </span>
          <button type="button" className={ui.button} onClick={() => chooser.current?.click()}>
            Choose files…
          </button>
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            aria-label="Fashion-MNIST files"
            onChange={(event) => take(event.currentTarget.files)}
          />
        </div>
        {failure.kind === "data-missing" ? (
          <p className={styles.hint} role="alert">
            {failure.message}
          </p>
        ) : null}
        <p className={styles.hint}>
          The files are at{" "}
          <a
            href="https://github.com/zalandoresearch/fashion-mnist#get-the-data"
            target="_blank"
            rel="noreferrer"
          >
            github.com/zalandoresearch/fashion-mnist
          </a>
          . They stay on this device. Whoever runs this site can put them into its{" "}
          <code>datasets/fashion-mnist/</code> folder once for everybody.
        </p>
      </div>
    </div>
  );
}
