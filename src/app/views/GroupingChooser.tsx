// What accuracies are compared by: the classes, or another way to divide the examples that this data set has.
import type { Grouping } from "../../worker/protocol";
import { groupingKey, groupingTitle } from "../logic/groups";
import { useGrouping } from "../store/grouping";
import styles from "./groups.module.css";
import views from "./views.module.css";

interface Props {
  readonly groupings: readonly Grouping[];
  /** Null for the classes. */
  readonly chosen: Grouping | null;
}

export function GroupingChooser({ groupings, chosen }: Props) {
  return (
    <label className={`${views.hint} ${styles.chooser}`}>
      Accuracy by{" "}
      <select
        value={chosen ? groupingKey(chosen) : ""}
        onChange={(event) => useGrouping.setState({ key: event.currentTarget.value || null })}
      >
        <option value="">class</option>
        {groupings.map((grouping) => (
          <option key={groupingKey(grouping)} value={groupingKey(grouping)}>
            {groupingTitle(grouping)}
          </option>
        ))}
      </select>
    </label>
  );
}
