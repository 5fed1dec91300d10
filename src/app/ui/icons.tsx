// The page's few signs as inline drawings: no icon font, no request, sharp at every size.
import type { ReactNode } from "react";

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const PlayIcon = () => (
  <Icon>
    <path d="M4.5 3v10l8-5z" fill="currentColor" />
  </Icon>
);

/** A dial whose needle stands right at full speed. */
export const SpeedIcon = ({ full }: { readonly full: boolean }) => (
  <Icon>
    <path d="M2.6 11.5a6 6 0 1 1 10.8 0" />
    <path d={full ? "M8 9.5l3-3" : "M8 9.5l-3-3"} />
    <circle cx="8" cy="9.5" r="0.9" fill="currentColor" />
  </Icon>
);

export const PauseIcon = () => (
  <Icon>
    <path d="M5 3.5v9M11 3.5v9" strokeWidth="2.4" />
  </Icon>
);

export const StepIcon = () => (
  <Icon>
    <path d="M4 4v8l6-4zM12 4v8" />
  </Icon>
);

export const EpochIcon = () => (
  <Icon>
    <path d="M2 4v8l5-4zM7.5 4v8l5-4zM14 4v8" />
  </Icon>
);

export const ResetIcon = () => (
  <Icon>
    <path d="M3 8a5 5 0 1 0 1.6-3.7M3 2.5v2.8h2.8" />
  </Icon>
);

export const DiceIcon = () => (
  <Icon>
    <rect x="2.5" y="2.5" width="11" height="11" rx="2.5" />
    <path d="M5.6 5.6h.01M10.4 5.6h.01M8 8h.01M5.6 10.4h.01M10.4 10.4h.01" strokeWidth="1.9" />
  </Icon>
);

export const ShareIcon = () => (
  <Icon>
    <path d="M6.5 9.5l3-3M7 5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.8 2.8 0 0 1-4-4L5 7" />
  </Icon>
);

export const DownIcon = () => (
  <Icon>
    <path d="M4.5 6.5L8 10l3.5-3.5" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" />
  </Icon>
);

export const AutoIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5.6" />
    <path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor" />
  </Icon>
);

/** A diamond and a circle: the balls of the L1 and the L2 norm. */
export function BrandMark() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      <path d="M10 1.5 18.5 10 10 18.5 1.5 10Z" stroke="currentColor" />
      <circle cx="10" cy="10" r="4.6" stroke="var(--valid)" />
    </svg>
  );
}
