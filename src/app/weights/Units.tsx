// Whole units: which are switched off, which never fire, how long the longest is, and how restlessly a layer learns.
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
            <th scope="col">longest</th>
            <th scope="col">update</th>
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
        Off: all incoming weights are exactly 0. Dead: gives 0 for every validation example.
        Longest: norm of the longest unit. Update: ‖change‖ ÷ ‖weights‖ of a step; 1e-3 is usual,
        1e-1 restless.
      </p>
    </>
  );
}
