// The seed: typed, or drawn anew for another start.
import type { NumberField } from "../../experiment/fields";
import { useEntry } from "../controls/useEntry";
import { useSetting } from "../controls/useSetting";
import { DiceIcon } from "../ui/icons";
import styles from "./runbar.module.css";

/** Seeds drawn here stay short: people read them out to each other. */
const largestDrawn = 9999;

/** In short: the full help would bring the help texts into the shell. */
const meaning = "Starting point of everything random: the same seed gives the same run.";

function drawSeed(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return 1 + (word % largestDrawn);
}

export function SeedControl() {
  const setting = useSetting<NumberField, number>("seed");
  const entry = useEntry(setting, String(setting.value));
  const { field, change } = setting;
  return (
    <div className={styles.seed}>
      <label htmlFor="setting-seed" title={meaning}>
        seed
      </label>
      <input
        id="setting-seed"
        type="text"
        inputMode="numeric"
        size={5}
        autoComplete="off"
        aria-label={field.label}
        value={entry.text}
        aria-invalid={entry.message !== null}
        title={entry.message ?? meaning}
        onFocus={(event) => {
          entry.begin();
          event.currentTarget.select();
        }}
        onChange={(event) => entry.type(event.currentTarget.value)}
        onBlur={entry.apply}
        onKeyDown={entry.onKeyDown}
      />
      <button
        type="button"
        aria-label="Draw another seed"
        title="Another seed: other examples, other initial weights"
        onClick={() => change(drawSeed())}
      >
        <DiceIcon />
      </button>
      {entry.message ? (
        <span role="alert" className="visually-hidden">
          {entry.message}
        </span>
      ) : null}
    </div>
  );
}
