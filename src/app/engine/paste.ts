// A link that is pasted anywhere but into an entry opens, also out of the middle of a mail; "back" undoes it.
import { openLink } from "../store/address";
import { takesLetters } from "./keys";

const version = /v(?:=|%(?:25)*3D)\d/i;

/** Listens for pasted links. @returns stops */
export function listenToPaste(): () => void {
  const hear = (event: ClipboardEvent) => {
    const { target } = event;
    if (event.defaultPrevented || (target instanceof Element && target.closest(takesLetters)))
      return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!version.test(text)) return;
    event.preventDefault();
    void openLink(text.replace(/^[^\s#]*#/, ""), true);
  };
  document.addEventListener("paste", hear);
  return () => document.removeEventListener("paste", hear);
}
