// Opens the link of the experiment.
import { lazy, Suspense } from "react";
import { ShareIcon } from "../ui/icons";
import { Popover } from "../ui/Popover";
import ui from "../ui/ui.module.css";
import styles from "./header.module.css";

const SharedLink = lazy(() => import("./SharedLink"));

export function ShareButton() {
  const button = (
    <>
      <ShareIcon />
      <span className={styles.shareText}>Share</span>
    </>
  );
  return (
    <Popover className={ui.button} button={button} label="Share" width={340}>
      <Suspense fallback={null}>
        <SharedLink />
      </Suspense>
    </Popover>
  );
}
