// Copies the link of the experiment.
import { lazy, Suspense } from "react";
import { encodeLink } from "../../experiment/link";
import { useSettings } from "../store/settings";
import { ShareIcon } from "../ui/icons";
import { Popover } from "../ui/Popover";
import ui from "../ui/ui.module.css";
import styles from "./header.module.css";

const SharedLink = lazy(() => import("./SharedLink"));

function currentLink(): string {
  const address = new URL(document.location.href);
  address.hash = encodeLink(useSettings.getState().experiment);
  return address.href;
}

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
        <SharedLink link={currentLink()} />
      </Suspense>
    </Popover>
  );
}
