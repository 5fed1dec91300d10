// The keys of the page, where someone looks for them.
import { Popover } from "../ui/Popover";
import styles from "./header.module.css";

const keys: readonly (readonly [string, string])[] = [
  ["Space", "Train or pause"],
  ["→", "One step"],
  ["E", "One epoch"],
  ["R", "Back to the start: same weights, no training"],
  ["Tab", "On to the next control; arrows move a slider from stop to stop"],
];

export function KeysHelp({ className }: { readonly className: string }) {
  return (
    <Popover label="Keys" className={className} button="?" width={300}>
      <dl className={styles.keys}>
        {keys.map(([key, meaning]) => (
          <div key={key} style={{ display: "contents" }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
