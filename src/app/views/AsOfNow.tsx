// A word of warning while the page looks back: what is not recorded is shown as it is now.
import { usePage } from "../store/page";

export function AsOfNow() {
  const scrub = usePage((page) => page.scrub);
  return scrub === null ? null : " Shown as of now: this is not recorded.";
}
