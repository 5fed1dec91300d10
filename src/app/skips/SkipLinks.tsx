// Links over what one does not want to press Tab through.
import styles from "./skips.module.css";

/** Jumps by keys, hidden until one has the focus. The address holds the experiment, so it stays as it is. */
export function SkipLinks({ to }: { readonly to: readonly string[] }) {
  return (
    <nav className={styles.skips} aria-label={`Skip to ${to.join(", ")}`}>
      {to.map((area) => (
        <a
          key={area}
          href={`#${area}`}
          onClick={(event) => {
            event.preventDefault();
            document.getElementById(`area-${area}`)?.focus();
          }}
        >
          {`Skip to ${area === "bar" ? "run bar" : area}`}
        </a>
      ))}
    </nav>
  );
}
