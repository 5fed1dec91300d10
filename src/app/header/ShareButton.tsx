// Copies the link of the experiment; where the clipboard is refused, shows it to be copied by hand.
import { useEffect, useState } from "react";
import { encodeLink } from "../../experiment/link";
import { useSettings } from "../store/settings";
import { ShareIcon } from "../ui/icons";
import { Popover } from "../ui/Popover";
import ui from "../ui/ui.module.css";
import styles from "./header.module.css";

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
      <Shared link={currentLink()} />
    </Popover>
  );
}

type Copying = "waiting" | "copied" | "refused";

function Shared({ link }: { readonly link: string }) {
  const [state, setState] = useState<Copying>("waiting");
  useEffect(() => {
    const copy = navigator.clipboard?.writeText(link) ?? Promise.reject(new Error("no clipboard"));
    copy.then(
      () => setState("copied"),
      () => setState("refused"),
    );
  }, [link]);
  const words: Readonly<Record<Copying, string>> = {
    waiting: "Copying the link…",
    copied: "Link copied. It opens this very experiment, with this seed.",
    refused: "This browser does not let the page copy. Select the link and copy it yourself:",
  };
  return (
    <div className={styles.shared}>
      <p role="status">{words[state]}</p>
      <input
        readOnly
        value={link}
        aria-label="Link of this experiment"
        onFocus={(event) => event.currentTarget.select()}
      />
    </div>
  );
}
