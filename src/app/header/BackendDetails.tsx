// All backends with their timings and the reasons for or against them, and the manual choice. Loaded when it is opened.

import { useEffect, useState } from "react";
import type {
  Account,
  BackendCandidate,
  BackendChoice,
  StepExecution,
} from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { explain } from "../logic/failures";
import { count, figure } from "../logic/figures";
import { usePage } from "../store/page";
import { useRun } from "../store/run";
import ui from "../ui/ui.module.css";
import { backendOrder, backendTitles } from "./backends";
import styles from "./popovers.module.css";

/** @param close closes what it is shown in */
export default function BackendDetails({ close }: { readonly close: () => void }) {
  const engine = useEngine();
  const report = useRun((run) => run.backend);
  const execution = useRun((run) => run.execution);
  const choice = usePage((page) => page.backend);
  const choose = (backend: BackendChoice) => {
    usePage.getState().setBackend(backend);
    engine.restart();
  };
  const test = () => {
    close();
    usePage.getState().showSelfTest(true);
  };
  return (
    <fieldset className={styles.backend}>
      <h2>Compute backend</h2>
      <p>{report?.why ?? "The backends are being timed on this experiment."}</p>
      {execution ? <p data-testid="execution">{executionText(execution)}</p> : null}
      <Memory />
      <div>
        <Option value="auto" chosen={choice} choose={choose} name="Automatic">
          Times a few real steps of this experiment and takes the fastest.
        </Option>
        {backendOrder.map((name) => {
          const candidate = report?.candidates.find((entry) => entry.name === name);
          return (
            <Option
              key={name}
              value={name}
              chosen={choice}
              choose={choose}
              name={backendTitles[name]}
              figure={timing(candidate)}
            >
              {detail(candidate, report?.chosen === name)}
            </Option>
          );
        })}
      </div>
      <p className={ui.note}>
        Changing the backend restarts the run. Results differ between backends in the last digits.
      </p>
      <button type="button" className={ui.button} onClick={test}>
        Run the self-test on this machine
      </button>
    </fieldset>
  );
}

const recountInterval = 1000;

/** What the engine holds, counted anew while it is shown. */
function Memory() {
  const engine = useEngine();
  const [account, setAccount] = useState<Account | null>(null);
  const live = useRun(({ phase }) => phase === "live");
  useEffect(() => {
    if (!live) return;
    const recount = async () => setAccount(await engine.account());
    void recount();
    const timer = setInterval(() => void recount(), recountInterval);
    return () => clearInterval(timer);
  }, [engine, live]);
  if (!account) return null;
  const { tensors, bytes, deviceBytes } = account;
  return (
    <p data-testid="memory">
      In memory: {count(tensors)} tensors, {megabytes(bytes)}
      {deviceBytes === null ? "" : ` (${megabytes(deviceBytes)} taken in all)`}.
    </p>
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`;
}

function executionText({ operations, reason }: StepExecution): string {
  if (reason !== null) return `Operations are sent one at a time (eager): ${reason}.`;
  if (operations > 0)
    return `Steps are replayed: one was recorded, and its ${operations} operations are sent again as a whole.`;
  return "Operations are sent one at a time (eager) until a kind of step comes up again; then it is recorded and replayed.";
}

function timing(candidate: BackendCandidate | undefined): string {
  const time = candidate?.millisecondsPerStep;
  return time === null || time === undefined ? "" : `${figure(time)} ms/step`;
}

function detail(candidate: BackendCandidate | undefined, chosen: boolean): string {
  if (!candidate) return "";
  const { device, software, reason, notes } = candidate;
  const parts = [
    device,
    chosen
      ? "in use"
      : reason
        ? reasonInWords(reason)
        : software
          ? "emulated on the processor"
          : null,
  ];
  return [...parts, ...notes].filter((part) => part).join(" · ");
}

/** The engine's own reasons are sentences; what a browser or a library said is put into words. */
function reasonInWords(reason: string): string {
  return /^[A-Z].*\.$/.test(reason) ? reason : explain({ kind: "backend", message: reason }).text;
}

interface OptionProps {
  readonly value: BackendChoice;
  readonly chosen: BackendChoice;
  readonly name: string;
  readonly figure?: string;
  readonly choose: (value: BackendChoice) => void;
  readonly children: string;
}

function Option({ value, chosen, name, figure: time, choose, children }: OptionProps) {
  return (
    <label className={styles.candidate}>
      <input
        type="radio"
        name="backend"
        value={value}
        checked={value === chosen}
        onChange={() => choose(value)}
      />
      <b>{name}</b>
      <span>{time}</span>
      {children ? <small>{children}</small> : null}
    </label>
  );
}
