// How measured numbers are written on the page: few digits, a true minus sign, never "NaN".

function signed(text: string): string {
  return text.replace("-", "−");
}

/** A loss or norm with three significant digits. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "undefined";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-4) {
    const text = value.toExponential(1).replace("e+", "e").replace(".0e", "e");
    return signed(text);
  }
  return signed(size >= 100 ? value.toFixed(0) : value.toPrecision(3));
}

/** A share in [0, 1] as percent with one digit. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return "–";
  return `${signed((share * 100).toFixed(1))} %`;
}

/** A score that may be negative, such as R², with two decimals. */
export function plainNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return signed(value.toFixed(2));
}

/** Percentage points with one digit. */
export function points(share: number): string {
  return signed((share * 100).toFixed(1));
}

/** An epoch: whole where it is whole, else two digits. */
export function epochText(epoch: number): string {
  return Math.abs(epoch - Math.round(epoch)) < 1e-6 ? String(Math.round(epoch)) : epoch.toFixed(2);
}

/** A count with thousands apart. */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** A span of time: "8 s", "3 min", "2 h". */
export function duration(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
