// The keys of the page, where someone looks for them.
import { lazy, Suspense } from "react";
import { Popover } from "../ui/Popover";

const KeyList = lazy(() => import("./KeyList"));

export function KeysHelp({ className }: { readonly className: string }) {
  return (
    <Popover label="Keys" className={className} button="?" width={300}>
      <Suspense fallback={null}>
        <KeyList />
      </Suspense>
    </Popover>
  );
}
