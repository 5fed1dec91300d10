// A button that opens the system's file dialog.
import { useRef } from "react";
import ui from "../ui/ui.module.css";

interface Props {
  /** Name of the entry for screen readers. */
  readonly label: string;
  readonly accept?: string;
  /** Words on the button. */
  readonly text?: string;
  /** Name of the button, where its words alone do not tell it from others. */
  readonly title?: string;
  /** Chooses a folder with all that is in it. */
  readonly folder?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

export function FileChooser({ label, accept, text = "Choose files…", ...more }: Props) {
  const { title, folder = false, onFiles } = more;
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className={ui.button}
        title={title}
        aria-label={title}
        onClick={() => chooser.current?.click()}
      >
        {text}
      </button>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        {...(folder ? { webkitdirectory: "" } : {})}
        accept={accept}
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file may be chosen again after it was changed.
          event.currentTarget.value = "";
          onFiles(files);
        }}
      />
    </>
  );
}
