// What page and self-test worker say to each other. Types only.
import type { GoldenResult } from "../golden/run";
import type { BackendName } from "./protocol";

export type { BackendName } from "./protocol";

/** A reference file and where it lies. */
export interface SelfTestCase {
  readonly name: string;
  /** Address, for the worker to fetch. */
  readonly address: string;
}

/** The one request: run these cases on this backend, one after the other. */
export interface SelfTestRequest {
  readonly backend: BackendName;
  readonly cases: readonly SelfTestCase[];
  /** Address of the folder with the .wasm files, ending in "/". */
  readonly wasmUrl: string;
}

export interface SelfTestResult extends Omit<GoldenResult, "outcome"> {
  /** "not loaded": the file did not come. */
  readonly outcome: GoldenResult["outcome"] | "not loaded";
  /** What the case is about, in the words of its file; null where it has none. */
  readonly what: string | null;
  /** Time of computing and comparing, without loading the file. */
  readonly milliseconds: number;
}

export type SelfTestMessage =
  /** The backend stands. */
  | {
      readonly event: "ready";
      /** Graphics card or instruction set, where known. */
      readonly device: string | null;
      /** True for a graphics card emulated on the processor. */
      readonly software: boolean;
      /** Version of TensorFlow.js. */
      readonly version: string;
    }
  /** The next case is done. */
  | { readonly event: "result"; readonly result: SelfTestResult }
  /** All cases are done. */
  | { readonly event: "done" }
  /** Nothing more will come. */
  | { readonly event: "failed"; readonly message: string };
