// How far the reading of files is, in words: bytes, and the time that is left at the pace so far.
import type { ReadProgress } from "../data";

/** Reports are no closer than this, in milliseconds. */
const spacing = 100;
/** Before this the pace says nothing. */
const settled = 1500;

type Report = (what: string, fraction: number | null) => void;

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

/** A time to wait, rounded as people say it. */
export function waitText(seconds: number): string {
  if (seconds < 1.5) return "a moment";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

/** Turns bytes read into reports. @param now milliseconds of any clock */
export function reportReading(report: Report, now: () => number): ReadProgress {
  let current = "";
  let begun = 0;
  let first = 0;
  let last = Number.NEGATIVE_INFINITY;
  return (file, bytes, total) => {
    const time = now();
    if (file !== current) {
      current = file;
      begun = time;
      first = bytes;
      last = Number.NEGATIVE_INFINITY;
    }
    if (time - last < spacing && bytes !== total) return;
    last = time;
    if (total === null) return report(`Reading ${file}: ${megabytes(bytes)} MB`, null);
    const pace = (bytes - first) / (time - begun);
    const known = time - begun >= settled && pace > 0 && bytes < total;
    const left = known ? `, ${waitText((total - bytes) / pace / 1000)} left` : "";
    const size = `${megabytes(bytes)} of ${megabytes(total)} MB`;
    report(`Reading ${file}: ${size}${left}`, bytes / total);
  };
}
