// The link in the address bar and the experiment on the controls follow each other.
import { decodeLink, encodeLink } from "../../experiment/link";
import { defaultExperiment } from "../../experiment/schema";
import { useSettings } from "./settings";

/** Browsers refuse many changes of the address in a short time. */
const writeDelay = 400;

type Held = Pick<ReturnType<typeof useSettings.getState>, "experiment" | "loads">;

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
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const write = ({ experiment, loads: now }: Held) => {
    cancel();
    const link = encodeLink(experiment);
    const loaded = now !== loads;
    loads = now;
    const unwritten = fragment() === "" && experiment === defaultExperiment;
    if (unwritten || link === fragment()) return;
    // A loaded preset is a step that "back" undoes; single settings are not.
    if (loaded) window.history.pushState(null, "", `#${link}`);
    else window.history.replaceState(null, "", `#${link}`);
  };
  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(() => write(useSettings.getState()), writeDelay);
  };
  const reopen = () => {
    if (fragment() === encodeLink(useSettings.getState().experiment)) return;
    cancel();
    if (fragment() === "") useSettings.getState().open(defaultExperiment, []);
    else openAddress();
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
  window.addEventListener("hashchange", reopen);
  return () => {
    cancel();
    unsubscribe();
    window.removeEventListener("hashchange", reopen);
  };
}
