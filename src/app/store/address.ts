// The link in the address bar and the experiment on the controls follow each other.
import { encodeLink, readCanonical } from "../../experiment/canonicalLink";
import { defaultExperiment } from "../../experiment/schema";
import { presetInLink, useSettings } from "./settings";
import { openView } from "./shown";

/** Browsers refuse many changes of the address in a short time. */
const writeDelay = 400;

type Held = Pick<ReturnType<typeof useSettings.getState>, "experiment" | "preset" | "loads">;

/** A link whose "#" was escaped on its way, lost, or became "?": it arrives in the path or in the query. */
const misplaced = /%(?:25)*(?:23|3F).*|(?<=\/)v(?:=|%(?:25)*3D)\d.*|\?.*/i;
const holdsLink = /v(?:=|%(?:25)*3D)\d/i;

/** The text that should be a link, and the address of the page without it. */
function inAddress(): { text: string; page: string } {
  const { hash, pathname, search } = window.location;
  const whole = pathname + search;
  const text = hash.replace(/^#/, "");
  const lost = misplaced.exec(whole)?.[0] ?? "";
  if (/=|%3D/i.test(text) || !holdsLink.test(lost)) return { text, page: whole };
  return { text: lost.replace(/^\?/, ""), page: whole.slice(0, whole.length - lost.length) };
}

/** What a link made by a newer page opened: until something changes it, its address stays. */
let newer: Pick<Held, "experiment" | "loads"> | null = null;
/** Counts openings: of two that wait for the reader, the later one counts. */
let openings = 0;

/**
 * Opens what a text says, as far as it can be read. What is not as the page writes it needs the reader of changed links, which loads then.
 * @param pasted a text that may hold no link at all; then nothing changes
 */
export async function openLink(text: string, pasted = false): Promise<void> {
  const opening = ++openings;
  const settings = useSettings.getState();
  const exact = readCanonical(text);
  if (exact) {
    openView(exact.view);
    settings.open(exact.experiment, [], exact.preset);
    return;
  }
  const reader = await import("../../experiment/link").catch(() => null);
  if (opening !== openings) return;
  if (!reader) {
    const message =
      "The link is not as this page writes it, and the part that reads changed links did not load. Reload the page to try again.";
    settings.open(defaultExperiment, [{ path: null, message }]);
    return;
  }
  const read = reader.decodeLink(text);
  if (pasted && !read.readable) return;
  openView(read.view);
  settings.open(read.experiment, read.corrections, read.preset);
  newer = read.newer ? useSettings.getState() : null;
}

/** Begins to follow in both directions, once the address is opened. @returns stops */
export async function followAddress(): Promise<() => void> {
  const first = inAddress();
  if (first.text !== "") await openLink(first.text);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let loads = useSettings.getState().loads;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const write = (held: Held) => {
    cancel();
    const { experiment } = held;
    const link = encodeLink(experiment, { preset: presetInLink(held) });
    const loaded = held.loads !== loads;
    loads = held.loads;
    const { text, page } = inAddress();
    const unwritten = text === "" && experiment === defaultExperiment;
    const { pathname, search, hash } = window.location;
    const kept = experiment === newer?.experiment && held.loads === newer.loads;
    if (unwritten || kept || page + hash === `${pathname}${search}#${link}`) return;
    // A loaded preset is a step that "back" undoes; single settings are not.
    if (loaded) window.history.pushState(null, "", `${page}#${link}`);
    else window.history.replaceState(null, "", `${page}#${link}`);
  };
  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(() => write(useSettings.getState()), writeDelay);
  };
  const reopen = async () => {
    const { text } = inAddress();
    const held = useSettings.getState();
    if (text === encodeLink(held.experiment, { preset: presetInLink(held) })) return;
    cancel();
    if (text === "") held.open(defaultExperiment, []);
    else await openLink(text);
    loads = useSettings.getState().loads;
    plan();
  };
  // What was corrected in the link, or written in another way, shall not be handed on like that.
  write(useSettings.getState());
  const unsubscribe = useSettings.subscribe((now, before) => {
    // What was changed a moment before a load is what "back" from it returns to.
    if (now.loads !== before.loads && timer !== undefined) write(before);
    if (now.experiment !== before.experiment || now.loads !== before.loads) plan();
  });
  const hear = () => void reopen();
  window.addEventListener("hashchange", hear);
  return () => {
    cancel();
    unsubscribe();
    window.removeEventListener("hashchange", hear);
  };
}
