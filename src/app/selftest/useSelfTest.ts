// The course of a self-test as React state: what has come in, and how to start and stop.
import { useEffect, useReducer, useRef } from "react";
import { selfTestCases, startSelfTest } from "../../worker/selfTestClient";
import type { BackendName, SelfTestMessage, SelfTestResult } from "../../worker/selfTestProtocol";

export interface Course {
  readonly phase: "idle" | "starting" | "running" | "done" | "stopped" | "failed";
  readonly backend: BackendName | null;
  readonly results: readonly SelfTestResult[];
  readonly device: string | null;
  readonly software: boolean;
  readonly tensorflow: string | null;
  /** Why it ended early; null otherwise. */
  readonly failure: string | null;
  /** When the first case began, and when the last thing happened; milliseconds of the page's clock. */
  readonly began: number;
  readonly now: number;
}

const idle: Course = {
  phase: "idle",
  backend: null,
  results: [],
  device: null,
  software: false,
  tensorflow: null,
  failure: null,
  began: 0,
  now: 0,
};

type Action =
  | { readonly do: "start"; readonly backend: BackendName }
  | { readonly do: "stop" }
  | { readonly do: "hear"; readonly message: SelfTestMessage; readonly now: number };

/** The next state of the course. Exported for its test. */
export function advance(course: Course, action: Action): Course {
  if (action.do === "start") return { ...idle, phase: "starting", backend: action.backend };
  if (action.do === "stop") return { ...course, phase: "stopped" };
  const { message, now } = action;
  switch (message.event) {
    case "ready": {
      const { device, software, version } = message;
      const facts = { device, software, tensorflow: version };
      return { ...course, ...facts, phase: "running", began: now, now };
    }
    case "result":
      return { ...course, results: [...course.results, message.result], now };
    case "done":
      return { ...course, phase: "done", now };
    case "failed":
      return { ...course, phase: "failed", failure: message.message, now };
  }
}

/** Seconds that the cases still to come take when they take as long as those before; null before the first. */
export function secondsLeft({ results, began, now }: Course, total: number): number | null {
  if (results.length === 0) return null;
  return ((now - began) / 1000 / results.length) * (total - results.length);
}

export function useSelfTest(): {
  readonly course: Course;
  start(backend: BackendName): void;
  stop(): void;
} {
  const [course, dispatch] = useReducer(advance, idle);
  const end = useRef<(() => void) | null>(null);
  // Who leaves the page of the self-test leaves no worker behind.
  useEffect(() => () => end.current?.(), []);
  return {
    course,
    start(backend) {
      end.current?.();
      dispatch({ do: "start", backend });
      const wasmUrl = new URL("wasm/", document.baseURI).href;
      end.current = startSelfTest({ backend, cases: selfTestCases, wasmUrl }, (message) =>
        dispatch({ do: "hear", message, now: performance.now() }),
      );
    },
    stop() {
      end.current?.();
      dispatch({ do: "stop" });
    },
  };
}
