// What the page may ask of the run at hand without changing it; an answer that comes after the run has gone is dropped.
import type { CallName, Calls, FoundPictures } from "../../worker/protocol";
import { useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { type Connection, describeError } from "./connection";

export abstract class Questions {
  protected connection: Connection | null = null;
  /** Counts starts and resets: what was measured before the latest of them is void. */
  protected beginnings = 0;

  /** Ends the run: its worker is gone. */
  protected abstract fail(error: unknown): void;

  /** Opens the test set: full figures of all three parts. An answer from before a reset is dropped. */
  async reveal(): Promise<void> {
    const { beginnings } = this;
    useRun.setState({ revealing: true });
    const metrics = await this.ask("reveal", {});
    if (beginnings !== this.beginnings) return;
    useRun.setState({ revealing: false, ...(metrics ? { test: metrics } : {}) });
  }

  /** A few training pictures of every class; null where there is no run. */
  classGrid(): Promise<Calls["classGrid"]["reply"] | null> {
    return this.ask("classGrid", {});
  }

  /** Tests on corrupted pictures; the answer goes to the run, unless there was a reset or a stop meanwhile. */
  async testDrift(): Promise<void> {
    const { beginnings } = this;
    const { epoch } = useRun.getState();
    const { experiment } = useSettings.getState();
    useRun.setState({ driftShare: 0 });
    const report = await this.ask("drift", { wanted: true });
    if (beginnings !== this.beginnings) return;
    useRun.setState({
      driftShare: null,
      ...(report ? { drift: { report, epoch, experiment } } : {}),
    });
  }

  /** Ends the test on corrupted pictures that is under way. */
  async endDrift(): Promise<void> {
    await this.ask("drift", { wanted: false });
  }

  /** What the worker holds in memory; null without one. */
  account(): Promise<Calls["account"]["reply"] | null> {
    return this.ask("account", {});
  }

  /** What the network says about raw inputs. Rejects where it cannot. */
  async predict(inputs: Float32Array): Promise<Float32Array | null> {
    if (!this.connection || useRun.getState().phase !== "live") return null;
    return (await this.connection.call("predict", { inputs })).outputs;
  }

  /** Pictures of a cell of the confusion matrix; null where there is no run, or the call failed. */
  find(truth: number, predicted: number | null): Promise<FoundPictures | null> {
    return this.ask("find", { truth, predicted });
  }

  /** Calls the worker; a failure goes to the page's notice. An answer that comes after the run has gone is dropped. */
  protected async ask<Name extends CallName>(
    name: Name,
    request: Calls[Name]["request"],
  ): Promise<Calls[Name]["reply"] | null> {
    const { connection } = this;
    if (!connection) return null;
    try {
      const reply = await connection.call(name, request);
      return connection === this.connection ? reply : null;
    } catch (error) {
      if (connection === this.connection) this.complain(error);
      return null;
    }
  }

  /** A single call that failed does not end the run, unless the worker is gone. */
  private complain(error: unknown): void {
    const failure = describeError(error);
    if (failure.kind === "worker-lost") this.fail(error);
    else useRun.setState({ failure });
  }
}
