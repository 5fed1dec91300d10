// Lines and axes by Recharts, in a chunk of its own. It draws what it is given: no dots, no animation, fixed domains.
import { memo } from "react";
import { Area, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from "recharts";
import { tickText } from "../logic/axis";
import { margins } from "./geometry";
import type { Drawing } from "./series";

interface Props {
  readonly drawing: Drawing;
  readonly width: number;
  readonly height: number;
}

const chartMargin = { top: margins.top, right: margins.right, bottom: 0, left: 0 };

/** The first tick names the axis. */
const epochTick = (epoch: number) => (epoch === 0 ? "epoch 0" : tickText(epoch));

function PlotLines({ drawing, width, height }: Props) {
  const { rows, series, scales, xTicks, yTicks } = drawing;
  const shaded = rows.some((row) => row.band !== undefined);
  return (
    <ComposedChart
      width={width}
      height={height}
      data={rows as Drawing["rows"][number][]}
      margin={chartMargin}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="epoch"
        type="number"
        domain={scales.x as [number, number]}
        ticks={xTicks as number[]}
        height={margins.bottom}
        tickFormatter={epochTick}
        axisLine={false}
        tickLine={false}
        tickMargin={4}
        interval="preserveStartEnd"
        allowDataOverflow
      />
      <YAxis
        width={margins.left}
        domain={scales.y as [number, number]}
        ticks={yTicks as number[]}
        scale={scales.logarithmic ? "log" : "linear"}
        tickFormatter={tickText}
        axisLine={false}
        tickLine={false}
        tickMargin={4}
        interval={0}
        allowDataOverflow
      />
      {shaded ? (
        <Area
          dataKey="band"
          fill="var(--valid)"
          fillOpacity={0.11}
          stroke="none"
          isAnimationActive={false}
          activeDot={false}
        />
      ) : null}
      {series.map(({ key, colour, dashed }) => (
        <Line
          key={key}
          dataKey={key}
          type="linear"
          stroke={colour}
          strokeWidth={2}
          {...(dashed ? { strokeDasharray: "5 4" } : {})}
          strokeLinejoin="round"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      ))}
    </ComposedChart>
  );
}

export default memo(PlotLines);
