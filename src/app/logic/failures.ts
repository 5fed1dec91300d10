// Failures in words that help: what happened, what to do, and a way that does it. What a library said stays beside them as details.
import { describeError } from "../../worker/errors";
import type { BackendChoice, EngineErrorDescription } from "../../worker/protocol";

/** What a button can do about a failure. */
export type Remedy =
  | { readonly do: "again" }
  | { readonly do: "reload" }
  | { readonly do: "backend"; readonly backend: BackendChoice };

export interface Explained {
  readonly text: string;
  /** What to do next. */
  readonly advice: string;
  readonly remedy: Remedy | null;
  /** What was said by the browser or a library, for those who can use it; null where `text` is all there is. */
  readonly details: string | null;
}

interface Cause extends Omit<Explained, "details"> {
  /** Words by which browsers and libraries tell of it. */
  readonly said: RegExp;
}

const again = { do: "again" } as const;
const reload = { do: "reload" } as const;
const compute = (backend: BackendChoice) => ({ do: "backend", backend }) as const;

/** The first that fits counts: a device that is lost for want of memory is out of memory. */
const causes: readonly Cause[] = [
  {
    said: /dynamically imported module|importing a module script|module script failed|preload css|chunkloaderror|importscripts|script could not be loaded|engine could not be loaded|fetching of the wasm/i,
    text: "A part of the page could not be loaded.",
    advice:
      "The connection broke off, or the page was renewed since you opened it. Reload it: your experiment is in the address.",
    remedy: reload,
  },
  {
    said: /out of memory|out_of_memory|\boom\b|not enough (memory|storage)|allocation (failed|size|failure)|(could not|cannot|failed to|unable to) (allocate|enlarge memory|grow)|invalid (typed )?array length|array buffer allocation|length out of range of buffer|larger than the maximum|exceeds the max|exceeds.*(limit|maximum).*size|invalid string length|allocation size overflow/i,
    text: "This device has no memory left for the experiment.",
    advice:
      "Close other tabs and programs, or choose a smaller batch, narrower layers or fewer examples.",
    remedy: again,
  },
  {
    said: /kernel .*not registered|kernel .* (not found|missing)|no (backend|gradient function) found|backend.*not (found|initialized|registered|yet)|highest priority backend|initiali[sz]ation of backend/i,
    text: "This backend lacks an operation that this experiment needs.",
    advice: "Let the page choose another way to compute.",
    remedy: compute("auto"),
  },
  {
    said: /device (was |is )?(lost|destroyed)|lost device|context (was |is )?lost|context_lost|mapasync|mapping.*(aborted|failed)|\bgpu(device|buffer|queue|adapter|validation|internal)|webgpu|external instance|instance (reference )?(no longer exists|dropped)|\bdawn\b|\bd3d|vk_error|webgl|(compile|link|create) .*(shader|program|texture|framebuffer)|shader.*(compil|failed)|framebuffer|navigator\.gpu|requestadapter|requestdevice/i,
    text: "The graphics card stopped answering.",
    advice:
      "That happens after sleep, when a driver restarts, or when another program needs the card. WASM computes without it.",
    remedy: compute("wasm"),
  },
  {
    said: /webassembly|\bwasm|compileerror|linkerror|unreachable|table index|indirect call|signature mismatch|memory access|sharedarraybuffer|aborted\(|magic (word|number|header)/i,
    text: "WebAssembly does not work in this browser.",
    advice:
      "Some browsers switch it off in their strictest mode. Plain JavaScript works everywhere; it is slower.",
    remedy: compute("cpu"),
  },
  {
    said: /notreadableerror|notfounderror|could not be (read|found).*(permission|at the time|reference)|file could not be|requested file|(i\/o|input\/output) (read )?operation failed|object can ?not be found here/i,
    text: "A file can no longer be read.",
    advice: "It was moved, changed or closed since it was chosen. Choose it again.",
    remedy: null,
  },
  {
    said: /quota|indexeddb|idb\w+|securityerror|operation is insecure|access is denied|storage|database|invalidstateerror.*connection/i,
    text: "This browser does not let the page keep files.",
    advice:
      "In a private window, or with a full disk, nothing is kept. Training works all the same; files must be chosen again after a reload.",
    remedy: null,
  },
  {
    said: /failed to fetch|load failed|networkerror|network (connection|error)|fetch|net::err|offline/i,
    text: "The network did not answer.",
    advice: "Check the connection, then try again.",
    remedy: again,
  },
];

const general: Omit<Explained, "details"> = {
  text: "Something went wrong inside the page.",
  advice: "Your settings are kept. Start again; if it happens once more, reload the page.",
  remedy: again,
};

const broken: Omit<Explained, "details"> = {
  text: "The computation broke off.",
  advice: "Your settings are kept. Start again.",
  remedy: again,
};

const slow: Omit<Explained, "details"> = {
  text: "The computation does not answer.",
  advice:
    "It may be too much for this device: a smaller batch, narrower layers or fewer examples make it faster.",
  remedy: again,
};

const nothing: Omit<Explained, "details"> = {
  text: "The chosen way to compute does not work on this device.",
  advice: "Let the page choose one.",
  remedy: compute("auto"),
};

/** What each kind comes to where its words name no known cause; null where the words are the page's own. */
const byKind: Readonly<Record<EngineErrorDescription["kind"], Omit<Explained, "details"> | null>> =
  {
    "data-missing": null,
    "data-bad": null,
    "bad-request": null,
    backend: nothing,
    "timed-out": slow,
    "worker-lost": broken,
    internal: general,
  };

/** A failure as a pupil can understand it. Nothing that a library said is in its text. */
export function explain({ kind, message }: EngineErrorDescription): Explained {
  const own = byKind[kind];
  if (!own) return { text: message, advice: "", remedy: null, details: null };
  // That nothing works names every backend there is.
  const named = kind === "backend" ? undefined : causes.find(({ said }) => said.test(message));
  const cause = named ?? own;
  const { text, advice, remedy } = cause;
  return { text, advice, remedy, details: message };
}

/** The same in one sentence or two, where there is no room for more. @param error anything that was thrown */
export function inWords(error: unknown): string {
  const { text, advice } = explain(describeError(error));
  return `${text} ${advice}`.trim();
}
