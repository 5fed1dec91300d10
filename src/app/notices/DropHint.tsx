// While files hover over the page: says what dropping them will do.
import { usePage } from "../store/page";
import { useSettings } from "../store/settings";
import styles from "./notices.module.css";

export function DropHint() {
  const dropping = usePage((page) => page.dropping);
  const kind = useSettings(({ experiment }) => experiment.data.kind);
  if (!dropping) return null;
  return (
    <div className={styles.dropping} role="status" data-testid="drop-hint">
      <p>
        {kind === "fashionMnist"
          ? "Drop the Fashion-MNIST files anywhere."
          : "This data set reads no files. Choose Fashion-MNIST first."}
      </p>
    </div>
  );
}
