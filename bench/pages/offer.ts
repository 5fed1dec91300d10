// Lends a contender to the command that drives the page, and does the timing where it costs least.
import type { Contender, ContenderPage, Prepare, Round } from "./contender";
import { countCalls } from "./dispatches";

async function timeSteps(contender: Contender, steps: number): Promise<Round> {
  let script = 0;
  let loss = Number.NaN;
  const start = performance.now();
  for (let i = 0; i < steps; i++) {
    const began = performance.now();
    let issuedAt: number | null = null;
    loss = await contender.step(() => {
      issuedAt ??= performance.now();
    });
    script += (issuedAt ?? performance.now()) - began;
  }
  return { total: (performance.now() - start) / steps, script: script / steps, loss };
}

/** Puts the page's functions where `page.evaluate` finds them. */
export function offer(prepare: Prepare): void {
  let held: Contender | null = null;
  let usesDevice = false;
  const contender = () => {
    if (!held) throw new Error("No contender has been prepared.");
    return held;
  };
  const page: ContenderPage = {
    async prepare(network, backend) {
      held = await prepare(network, backend);
      usesDevice = /^webg/.test(backend);
      return held.device ?? null;
    },
    async warmUp(steps) {
      const first = await timeSteps(contender(), 1);
      const last = steps > 1 ? await timeSteps(contender(), steps - 1) : first;
      return { firstLoss: first.loss, milliseconds: last.total };
    },
    round: (steps) => timeSteps(contender(), steps),
    async countDispatches() {
      if (!usesDevice && !contender().countKernels) return null;
      const { result, calls } = await countCalls(
        () => contender().countKernels?.() ?? contender().step(() => undefined),
      );
      return usesDevice ? calls : result;
    },
  };
  Object.assign(globalThis, { contender: page });
}
