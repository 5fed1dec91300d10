// Copies the report; where the clipboard is refused, shows it to be copied by hand.
import { useState } from "react";
import { version } from "../../../package.json";
import { selfTestCases } from "../../worker/selfTestClient";
import ui from "../ui/ui.module.css";
import { reportText } from "./report";
import styles from "./selftest.module.css";
import type { Course } from "./useSelfTest";

function textOf(course: Course): string {
  const { location } = document;
  const facts = {
    date: new Date(),
    page: location.origin + location.pathname,
    browser: navigator.userAgent,
    backend: course.backend ?? "wasm",
    device: course.device,
    software: course.software,
    version,
    tensorflow: course.tensorflow,
    total: selfTestCases.length,
    failure: course.failure,
  };
  return reportText(facts, course.results);
}

export function CopyReport({ course }: { readonly course: Course }) {
  const [copied, setCopied] = useState<Course | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const copy = async () => {
    const text = textOf(course);
    try {
      await navigator.clipboard.writeText(text);
      setCopied(course);
      setRefused(null);
    } catch {
      setRefused(text);
    }
  };
  return (
    <>
      <button type="button" className={ui.button} onClick={copy}>
        Copy report
      </button>
      <span role="status">{copied === course ? "Copied." : ""}</span>
      {refused === null ? null : (
        <label className={styles.refused}>
          This browser does not let the page copy. Select the report and copy it yourself:
          <textarea
            readOnly
            rows={8}
            value={refused}
            onFocus={(event) => event.currentTarget.select()}
          />
        </label>
      )}
    </>
  );
}
