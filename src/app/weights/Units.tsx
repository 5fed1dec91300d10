// Units: how many are off or dead, the largest norm of a unit, and the update ratio of each layer.
import type { LayerStatistics } from "../../worker/protocol";
import { figure, percent } from "../logic/figures";
import ui from "../ui/ui.module.css";
import { shapeText } from "./shapeText";

export function Units({ layers }: { readonly layers: readonly LayerStatistics[] }) {
  return (
    <>
      <table className={ui.figures} data-testid="units">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">kernel</span>
            </th>
            <th scope="col">off</th>
            <th scope="col">dead</th>
            <th scope="col">max norm</th>
            <th scope="col">update ratio</th>
          </tr>
        </thead>
        <tbody>
          {layers.map((layer) => (
            <tr key={layer.name}>
              <th scope="row">{shapeText(layer)}</th>
              <td>
                {layer.unitsOff} of {layer.units}
              </td>
              <td>{layer.deadUnits === null ? "–" : percent(layer.deadUnits)}</td>
              <td>{figure(layer.longestUnit)}</td>
              <td>{layer.updateRatio === null ? "–" : layer.updateRatio.toExponential(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={ui.note} style={{ marginTop: 8 }}>
        Off: all incoming weights are exactly 0. Dead: gives 0 for every validation example. Max
        norm: largest incoming norm of a unit. Update ratio: ‖Δw‖ / ‖w‖ per step; about 1e-3 is
        typical, 1e-1 unstable.
      </p>
    </>
  );
}
