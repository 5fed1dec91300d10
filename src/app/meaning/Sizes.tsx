// Size of each layer's weights, at the start and now.
import { useRef } from "react";
import { useWatched } from "../engine/watched";
import { figure } from "../logic/figures";
import { usePage } from "../store/page";
import { history } from "../store/run";
import { Panel } from "../ui/Panel";
import styles from "./meaning.module.css";

export function Sizes() {
  const box = useRef<HTMLElement>(null);
  useWatched("weights", box, 300);
  const scrub = usePage((page) => page.scrub);
  const records = history.until("weights", scrub);
  const first = records[0];
  const now = records.at(-1);
  if (!first || !now) {
    return (
      <Panel title="Size of weights" aside="start → now" box={box}>
        <p className={styles.none}>Measured once the network is built.</p>
      </Panel>
    );
  }
  const top = Math.max(...[...first.data, ...now.data].map(({ norm2 }) => norm2), 1e-12);
  const width = (norm: number | undefined) => `${((norm ?? 0) / top) * 100}%`;
  return (
    <Panel title="Size of weights" aside="start → now" box={box}>
      <div className={styles.sizes}>
        {now.data.map(({ name, shape, norm2 }, index) => [
          <span key={`${name}-name`}>{shape.join("×")}</span>,
          <span key={`${name}-bars`} className={styles.track}>
            <i style={{ width: width(first.data[index]?.norm2) }} />
            <i style={{ width: width(norm2) }} />
          </span>,
          <span key={`${name}-figures`}>
            {figure(first.data[index]?.norm2)} → {figure(norm2)}
          </span>,
        ])}
      </div>
    </Panel>
  );
}
