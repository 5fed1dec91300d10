// The keys of the page and what they do. Loaded when it is opened.
import styles from "./popovers.module.css";

const keys: readonly (readonly [string, string])[] = [
  ["Space", "Train or pause"],
  ["→", "One step"],
  ["E", "One epoch"],
  ["T", "Train on after the end, from the present weights"],
  ["R", "Back to the start: same weights, no training"],
  ["Tab", "On to the next control; arrows move a slider from stop to stop"],
];

export default function KeyList() {
  return (
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
  );
}
