// Which backend the self-test runs on; what this browser does not offer says why.
import { useMemo } from "react";
import type { BackendName } from "../../worker/selfTestProtocol";
import { backendOrder, backendTitles } from "../header/backends";
import { whyUnavailable } from "./availability";
import styles from "./selftest.module.css";

interface Props {
  readonly chosen: BackendName;
  readonly choose: (backend: BackendName) => void;
  readonly disabled: boolean;
}

const notes: Readonly<Record<BackendName, string>> = {
  webgpu: "the graphics card, the modern way",
  webgl: "the graphics card, the older way",
  wasm: "the processor, compiled code",
  cpu: "the processor, no further help",
};

export function BackendPicker({ chosen, choose, disabled }: Props) {
  const reasons = useMemo(
    () => Object.fromEntries(backendOrder.map((name) => [name, whyUnavailable(name)])),
    [],
  );
  return (
    <fieldset className={styles.backends} disabled={disabled}>
      <legend>Backend</legend>
      {backendOrder.map((name) => {
        const reason = reasons[name] ?? null;
        return (
          <label key={name} data-off={reason !== null}>
            <input
              type="radio"
              name="selftest-backend"
              value={name}
              checked={name === chosen}
              disabled={reason !== null}
              onChange={() => choose(name)}
            />
            <b>{backendTitles[name]}</b>
            <small>{reason ?? notes[name]}</small>
          </label>
        );
      })}
    </fieldset>
  );
}
