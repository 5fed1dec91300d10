// What moves over a plot without redrawing it: the linked crosshair, the ends of the lines, the marks of live changes.
import { lastAtMost } from "../logic/decimate";
import { count, epochText } from "../logic/figures";
import { usePage } from "../store/page";
import { history, useRun } from "../store/run";
import type { Size } from "../ui/hooks";
import styles from "./charts.module.css";
import { margins, toX, toY } from "./geometry";
import { EndShape } from "./Shape";
import type { Drawing } from "./series";

interface Props {
  readonly drawing: Drawing;
  readonly size: Size;
}

const textRows = 3;

/** The recorded row under the pointer, else under the scrub bar, else the last. */
export function useShownRow(): number {
  const epoch = usePage((page) => page.hover ?? page.scrub);
  return epoch === null ? history.length - 1 : lastAtMost(history.columns.epoch, epoch + 1e-9);
}

interface OverlayProps extends Props {
  /** Whether marks carry their words here: once per column of charts is enough. */
  readonly worded: boolean;
}

export function Overlay({ drawing, size, worded }: OverlayProps) {
  return (
    <>
      <MarkLines drawing={drawing} size={size} worded={worded} />
      <Cross drawing={drawing} size={size} />
      <Ends drawing={drawing} size={size} />
    </>
  );
}

function MarkLines({ drawing: { scales }, size, worded }: OverlayProps) {
  const marks = useRun((run) => run.marks);
  const [, end] = scales.x;
  return marks
    .filter((mark) => mark.epoch <= end)
    .map((mark, index, shown) => (
      <div
        key={`${mark.step}-${mark.path}`}
        className={`${styles.mark} ${mark.epoch > 0.6 * end ? styles.leftward : ""}`}
        style={{
          transform: `translateX(${toX(mark.epoch, scales, size.width)}px)`,
          top: margins.top,
          bottom: margins.bottom,
        }}
      >
        {worded && index >= shown.length - textRows ? (
          <span style={{ top: (index % textRows) * 14 }}>{mark.text}</span>
        ) : null}
      </div>
    ));
}

function Cross({ drawing: { scales }, size }: Props) {
  const asked = usePage((page) => page.hover ?? page.scrub);
  const row = useShownRow();
  const epoch = history.columns.epoch[row];
  if (asked === null || epoch === undefined) return null;
  const left = toX(epoch, scales, size.width);
  return (
    <div className={styles.cross} style={{ left, top: margins.top, bottom: margins.bottom }}>
      <span>{Number.isInteger(epoch) ? count(epoch) : epochText(epoch)}</span>
    </div>
  );
}

function Ends({ drawing: { series, scales }, size }: Props) {
  const row = useShownRow();
  const epoch = history.columns.epoch[row];
  if (epoch === undefined || epoch > scales.x[1]) return null;
  return series.map((line) => {
    const value = line.show(history.columns[line.column][row] as number);
    const y = toY(value, scales, size.height);
    if (y === null || (line.guest && value === 0)) return null;
    return <EndShape key={line.key} series={line} x={toX(epoch, scales, size.width)} y={y} />;
  });
}
