// Copies the link; where the clipboard is refused, shows it to be copied by hand. Loaded when it is opened.
import { useEffect, useState } from "react";
import { encodeLink } from "../../experiment/canonicalLink";
import { presetInLink, useSettings } from "../store/settings";
import { shownView } from "../store/shown";
import styles from "./popovers.module.css";

type Copying = "waiting" | "copied" | "refused";

function currentLink(): string {
  const address = new URL(document.location.href);
  const settings = useSettings.getState();
  address.hash = encodeLink(settings.experiment, {
    preset: presetInLink(settings),
    view: shownView(),
  });
  return address.href;
}

export default function SharedLink() {
  // When it is opened, not when the header was drawn last.
  const [link] = useState(currentLink);
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
