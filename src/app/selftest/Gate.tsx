// Opens the self-test over the page when it is asked for; nothing of it is loaded before.
import { lazy } from "react";
import { usePage } from "../store/page";
import { Fence } from "../ui/Fence";

const SelfTest = lazy(() => import("./SelfTest"));

export function SelfTestGate() {
  const open = usePage((page) => page.selfTest);
  if (!open) return null;
  return (
    <Fence>
      <SelfTest />
    </Fence>
  );
}
