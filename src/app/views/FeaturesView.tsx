// Tabular data: one bar per input for the weight that the first layer gives it. Which inputs does the network use?
import { useCallback, useRef, useState } from "react";
import { relevantFeatures } from "../../data/tabular";
import { useWatched } from "../engine/watched";
import { rowNorms } from "../logic/features";
import { figure } from "../logic/figures";
import { history, useRun } from "../store/run";
import { Canvas } from "../ui/Canvas";
import { usePalette } from "../ui/colours";
import type { Size } from "../ui/hooks";
import styles from "./views.module.css";

const axis = 20;

export function FeaturesView({ names }: { readonly names: readonly string[] }) {
  const box = useRef<HTMLDivElement>(null);
  const version = useWatched("neurons", box, 160);
  const [pointed, setPointed] = useState<number | null>(null);
  const palette = usePalette();
  // Only the generated table is known to have inputs that decide and inputs that don't.
  const known = useRun(({ experiment }) => experiment?.data.kind === "tabular");
  const kernel = history.latest("neurons")?.kernels[0];
  const norms = kernel ? rowNorms(kernel, names.length) : [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the kernel is new in every version
  const draw = useCallback(
    (context: CanvasRenderingContext2D, { width, height }: Size) => {
      const top = Math.max(...norms, 1e-6);
      const slot = width / Math.max(1, norms.length);
      norms.forEach((norm, input) => {
        const tall = Math.max(norm > 0 ? 1 : 0, ((height - axis - 6) * norm) / top);
        const matters = !known || relevantFeatures.includes(input);
        context.fillStyle = palette.css(
          input === pointed ? "--ink" : matters ? "--train" : "--line-strong",
        );
        context.fillRect(input * slot + 1, height - axis - tall, Math.max(1, slot - 2), tall);
      });
      context.fillStyle = palette.css("--line-strong");
      context.fillRect(0, height - axis, width, 1);
      context.fillStyle = palette.css("--ink-3");
      context.font = "11px system-ui, sans-serif";
      context.textAlign = "center";
      for (let input = 0; input < norms.length; input += 5) {
        context.fillText(names[input] ?? "", Math.max(12, (input + 0.5) * slot), height - 5);
      }
    },
    [version, palette, pointed, known],
  );
  const point = (event: React.PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointed(Math.floor(((event.clientX - left) / width) * names.length));
  };
  return (
    <div className={styles.body} ref={box}>
      <p className={styles.hint}>
        {pointed !== null && norms[pointed] !== undefined
          ? `${names[pointed]}: ${figure(norms[pointed])}`
          : "Size of the weights that leave each input, learned from the examples alone."}
      </p>
      <div
        className={styles.features}
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      >
        <Canvas
          draw={draw}
          className={styles.wide}
          label="Weight of each input"
          testId="features"
        />
      </div>
      {known ? (
        <div className={styles.legend}>
          <Swatch
            colour="var(--train)"
            text={`${relevantFeatures.length} inputs that decide the class`}
          />
          <Swatch colour="var(--line-strong)" text="inputs that don't" />
        </div>
      ) : null}
      <details className={styles.hint}>
        <summary>As a table</summary>
        <div style={{ maxHeight: 120, overflow: "auto" }}>
          <table>
            <tbody>
              {names.map((name, input) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{figure(norms[input])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}

function Swatch({ colour, text }: { readonly colour: string; readonly text: string }) {
  return (
    <span>
      <svg width="10" height="10" aria-hidden="true">
        <rect width="10" height="10" rx="2" fill={colour} />
      </svg>
      {text}
    </span>
  );
}
