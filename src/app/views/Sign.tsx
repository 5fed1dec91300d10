// The sign of a class in a legend, the same form as its points on the canvas; −1 is the ring of a mislabelled one.

const forms = [
  <circle key="disc" r="4" />,
  <rect key="square" x="-3.6" y="-3.6" width="7.2" height="7.2" />,
  <path key="triangle" d="M0-4.6 4.4 3.4H-4.4Z" />,
  <path key="diamond" d="M0-5 5 0 0 5-5 0Z" />,
  <path key="hexagon" d="M4.4 0 2.2 3.8H-2.2L-4.4 0-2.2-3.8H2.2Z" />,
];

export function Sign({ kind }: { readonly kind: number }) {
  return (
    <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
      {kind < 0 ? (
        <circle r="4.8" fill="none" stroke="var(--ink)" strokeWidth="1.5" />
      ) : (
        <g fill={`var(--class-${kind})`}>{forms[kind % forms.length]}</g>
      )}
    </svg>
  );
}
