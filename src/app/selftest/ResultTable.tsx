// Every reference case with its outcome, largest error and time; cases still to come are listed too.
import { Fragment } from "react";
import { selfTestCases } from "../../worker/selfTestClient";
import type { SelfTestResult } from "../../worker/selfTestProtocol";
import { count } from "../logic/figures";
import { allowed, small } from "./report";
import styles from "./selftest.module.css";
import type { Course } from "./useSelfTest";

const words: Readonly<Record<SelfTestResult["outcome"], string>> = {
  pass: "✓ passed",
  fail: "✗ failed",
  "not supported yet": "– not supported",
  "not loaded": "✗ not loaded",
};

/** What a case that has not run is waiting for. */
function waiting(course: Course, index: number): string {
  const { phase, results } = course;
  if (phase === "running" && index === results.length) return "running…";
  return phase === "stopped" || phase === "failed" ? "not run" : "";
}

export function ResultTable({ course }: { readonly course: Course }) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Reference cases</caption>
      <thead>
        <tr>
          <th scope="col">Case</th>
          <th scope="col">Outcome</th>
          <th scope="col">Largest error</th>
        </tr>
      </thead>
      <tbody>
        {selfTestCases.map(({ name }, index) => {
          const result = course.results[index];
          return result ? (
            <Row key={name} result={result} />
          ) : (
            <tr key={name}>
              <th scope="row">
                <Name text={name} />
              </th>
              <td>{waiting(course, index)}</td>
              <td />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Long names may break after an underscore. */
function Name({ text }: { readonly text: string }) {
  return text.split("_").map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name never change
    <Fragment key={index}>
      {index > 0 ? "_" : ""}
      {index > 0 ? <wbr /> : null}
      {part}
    </Fragment>
  ));
}

function Row({ result }: { readonly result: SelfTestResult }) {
  const { name, what, family, outcome, error, limit, detail, compared, milliseconds } = result;
  return (
    <tr data-outcome={outcome}>
      <th scope="row">
        <Name text={name} />
        <small>
          {what ?? family}
          {compared === 0 ? "" : ` · ${count(compared)} numbers`}
        </small>
        {outcome === "pass" ? null : <small>{detail}</small>}
      </th>
      <td>
        <span className={styles.outcome}>{words[outcome]}</span>
        <small>{compared === 0 ? "" : `${milliseconds.toFixed(0)} ms`}</small>
      </td>
      <td title={detail}>
        {small(error)}
        <small>{allowed(limit)}</small>
      </td>
    </tr>
  );
}
