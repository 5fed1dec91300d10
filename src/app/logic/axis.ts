// Axes that hold still: ends that change rarely, ticks at round numbers.

/** Round numbers from low to high, about `count` of them. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at++) {
    ticks.push(Number((at * step).toPrecision(12)));
  }
  return ticks;
}

/** A round number at or above a value. */
export function niceCeiling(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factors = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
  return Number(
    ((factors.find((factor) => factor * power >= value) ?? 10) * power).toPrecision(12),
  );
}

/** End of the epoch axis: doubles from an eighth of the run, so that it moves three times at most. */
export function epochEnd(epoch: number, total: number): number {
  for (const share of [1 / 8, 1 / 4, 1 / 2]) {
    if (epoch <= total * share && total * share >= 1) return total * share;
  }
  return Math.max(epoch, total);
}

/** Powers of ten around the positive values between low and high, for a logarithmic axis. */
export function decades(low: number, high: number): { domain: [number, number]; ticks: number[] } {
  const bottom = Math.floor(Math.log10(low) + 1e-9);
  const top = Math.max(bottom + 1, Math.ceil(Math.log10(high) - 1e-9));
  const stride = Math.max(1, Math.ceil((top - bottom) / 6));
  const ticks: number[] = [];
  for (let power = bottom; power <= top; power += stride) ticks.push(Number(`1e${power}`));
  return { domain: [10 ** bottom, 10 ** top], ticks };
}

const shortened = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 6 });

/** A round value beside an axis, as short as it can be told: as it is, "25K", "1e-5". */
export function tickText(value: number): string {
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e15)
      ? value.toExponential().replace("e+", "e")
      : size < 1e4
        ? String(value)
        : shortened.format(value);
  return text.replaceAll("-", "−");
}
