// Keeps a part of the page that fails, or is still on its way, from holding up the rest: training goes on.
import { Component, type ReactNode, Suspense } from "react";
import ui from "./ui.module.css";

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly problem: string | null;
}

export class Fence extends Component<Props, State> {
  override state: State = { problem: null };

  static getDerivedStateFromError(error: unknown): State {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === null) return <Suspense fallback={null}>{this.props.children}</Suspense>;
    return (
      <section className={ui.panel} role="alert" style={{ padding: 12, gap: 8 }}>
        <p>This part of the page failed: {problem}</p>
        <button
          type="button"
          className={ui.button}
          onClick={() => this.setState({ problem: null })}
        >
          Show it again
        </button>
      </section>
    );
  }
}
