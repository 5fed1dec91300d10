// Keeps a part of the page that fails, or is still on its way, from holding up the rest: training goes on.
import { Component, type ReactNode, Suspense } from "react";
import ui from "./ui.module.css";

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly problem: string | null;
  /** Counts how often the part was built anew. */
  readonly built: number;
}

/** A translator or an extension of the browser took nodes away: nothing of ours is wrong, so the part may be built anew. */
function nodesAreGone(error: unknown): boolean {
  return error instanceof DOMException && error.name === "NotFoundError";
}

/** More often than this, building anew does not help. */
const mostRebuilds = 20;

export class Fence extends Component<Props, State> {
  override state: State = { problem: null, built: 0 };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: unknown): void {
    const { built } = this.state;
    if (nodesAreGone(error) && built < mostRebuilds)
      this.setState({ problem: null, built: built + 1 });
  }

  override render(): ReactNode {
    const { problem, built } = this.state;
    if (problem === null)
      return (
        <Suspense key={built} fallback={null}>
          {this.props.children}
        </Suspense>
      );
    return (
      <section className={ui.panel} role="alert" style={{ padding: 12, gap: 8 }}>
        <p>This part of the page cannot be shown. Your experiment is in the address.</p>
        <div>
          <button
            type="button"
            className={ui.button}
            onClick={() => this.setState({ problem: null })}
          >
            Show it again
          </button>{" "}
          <button type="button" className={ui.button} onClick={() => location.reload()}>
            Reload
          </button>
        </div>
        <details>
          <summary>Details</summary>
          {problem}
        </details>
      </section>
    );
  }
}
