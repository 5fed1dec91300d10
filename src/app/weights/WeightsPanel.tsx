// The weights of every layer: how they are spread and how that came about, how large they are, how many are zero.
import { useRef } from "react";
import type { LayerStatistics } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import { figure, percent } from "../logic/figures";
import type { LayerRecord } from "../logic/history";
import { usePage } from "../store/page";
import { history } from "../store/run";
import { useShown } from "../store/shown";
import { Panel } from "../ui/Panel";
import { TabStrip } from "../ui/TabStrip";
import ui from "../ui/ui.module.css";
import { Ridges } from "./Ridges";
import { shapeText } from "./shapeText";
import { UnitNorms } from "./UnitNorms";
import { Units } from "./Units";
import styles from "./weights.module.css";

interface ViewProps {
  /** Layer statistics up to the moment looked at, that one last; never empty. */
  readonly records: readonly LayerRecord[];
}

const now = (records: readonly LayerRecord[]) => (records.at(-1) as LayerRecord).data;

/** Each tab with its view. */
const views = {
  histograms: Ridges,
  norms: ({ records }: ViewProps) => <Norms layers={now(records)} />,
  zeros: ({ records }: ViewProps) => <Zeros layers={now(records)} />,
  units: ({ records }: ViewProps) => <Units layers={now(records)} />,
  "norms per unit": UnitNorms,
};
type Tab = keyof typeof views;
const tabs = Object.keys(views) as readonly Tab[];

export function WeightsPanel() {
  const box = useRef<HTMLDivElement>(null);
  const [tab, setTab] = useShown<Tab>("weights", tabs, "histograms");
  useWatched("weights", box, 250);
  const scrub = usePage((page) => page.scrub);
  const records = history.until("weights", scrub);
  const View = views[tab];
  return (
    <Panel
      title="Weights"
      end={<TabStrip label="Views of the weights" tabs={tabs} chosen={tab} onChoose={setTab} />}
      testId="weights"
    >
      <div className={styles.body} ref={box}>
        {records.length > 0 ? <View records={records} /> : null}
      </div>
    </Panel>
  );
}

function Norms({ layers }: { readonly layers: readonly LayerStatistics[] }) {
  const top = Math.max(...layers.map(({ norm2 }) => norm2), 1e-12);
  return (
    <table className={ui.figures} data-testid="norms">
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">kernel</span>
          </th>
          <th scope="col">Σ|w|</th>
          <th scope="col">‖w‖₂</th>
          <th scope="col">largest</th>
          <th scope="col">
            <span className="visually-hidden">‖w‖₂ as a bar</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {layers.map((layer) => (
          <tr key={layer.name}>
            <th scope="row">{shapeText(layer)}</th>
            <td>{figure(layer.norm1)}</td>
            <td>{figure(layer.norm2)}</td>
            <td>{figure(layer.largest)}</td>
            <td className={styles.barCell}>
              <i className={styles.bar} style={{ width: `${(layer.norm2 / top) * 100}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Zeros({ layers }: { readonly layers: readonly LayerStatistics[] }) {
  return (
    <>
      <table className={ui.figures} data-testid="zeros">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">kernel</span>
            </th>
            <th scope="col">exactly 0</th>
            <th scope="col">near 0</th>
            <th scope="col">of</th>
            <th scope="col">
              <span className="visually-hidden">as a bar</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {layers.map((layer) => (
            <ZeroRow key={layer.name} layer={layer} />
          ))}
        </tbody>
      </table>
      <p className={ui.note} style={{ marginTop: 8 }}>
        Near 0: smaller than 1e-3, but not exactly 0 (hatched). Weights that are exactly 0 can be
        left out of the network for good.
      </p>
    </>
  );
}

function ZeroRow({ layer }: { readonly layer: LayerStatistics }) {
  const entries = layer.shape.reduce((product, side) => product * side, 1);
  const near = Math.max(0, layer.nearZero - layer.exactZero);
  const cell = (share: number) => `${percent(share)} · ${Math.round(share * entries)}`;
  return (
    <tr>
      <th scope="row">{shapeText(layer)}</th>
      <td>{cell(layer.exactZero)}</td>
      <td>{cell(near)}</td>
      <td>{entries}</td>
      <td className={styles.barCell} style={{ width: "22%" }}>
        <span className={styles.stack}>
          <i style={{ width: `${layer.exactZero * 100}%` }} />
          <i style={{ width: `${near * 100}%` }} />
        </span>
      </td>
    </tr>
  );
}
