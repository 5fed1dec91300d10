// The top line of the page.
import { BrandMark } from "../ui/icons";
import ui from "../ui/ui.module.css";
import { BackendChip } from "./BackendChip";
import styles from "./header.module.css";
import { KeysHelp } from "./KeysHelp";
import { PresetMenu } from "./PresetMenu";
import { ShareButton } from "./ShareButton";
import { ThemeButton } from "./ThemeButton";

export function Header() {
  return (
    <header className={styles.header}>
      <h1 className={styles.brand}>
        <BrandMark />
        <span className={styles.name}>Regularization Playground</span>
      </h1>
      <PresetMenu />
      <div className={styles.spacer} />
      <BackendChip />
      <ShareButton />
      <ThemeButton className={`${ui.button} ${ui.icon}`} />
      <KeysHelp className={`${ui.button} ${ui.icon} ${styles.keysButton}`} />
    </header>
  );
}
