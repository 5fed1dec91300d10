// The link in the address bar and the experiment on the controls follow each other.
import { decodeLink, encodeLink } from "../../experiment/link";
import { defaultExperiment } from "../../experiment/schema";
import { useSettings } from "./settings";

/** Browsers refuse many changes of the address in a short time. */
const writeDelay = 400;

function fragment(): string {
  return window.location.hash.replace(/^#/, "");
}

/** Opens the experiment of the address; without one the page keeps its default. */
function openAddress(): void {
  const text = fragment();
  if (text === "") return;
  const { experiment, corrections } = decodeLink(text);
  useSettings.getState().open(experiment, corrections);
}

/** Begins to follow in both directions. @returns stops */
export function followAddress(): () => void {
  openAddress();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let loads = useSettings.getState().loads;
  const write = () => {
    const { experiment, loads: now } = useSettings.getState();
    const link = encodeLink(experiment);
    const unwritten = fragment() === "" && experiment === defaultExperiment;
    if (unwritten || link === fragment()) return;
    // A loaded preset is a step that "back" undoes; single settings are not.
    if (now === loads) window.history.replaceState(null, "", `#${link}`);
    else window.history.pushState(null, "", `#${link}`);
    loads = now;
  };
  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(write, writeDelay);
  };
  const reopen = () => {
    if (fragment() === encodeLink(useSettings.getState().experiment)) return;
    clearTimeout(timer);
    if (fragment() === "") useSettings.getState().open(defaultExperiment, []);
    else openAddress();
    loads = useSettings.getState().loads;
    plan();
  };
  const unsubscribe = useSettings.subscribe((now, before) => {
    if (now.experiment !== before.experiment || now.loads !== before.loads) plan();
  });
  window.addEventListener("hashchange", reopen);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    window.removeEventListener("hashchange", reopen);
  };
}
