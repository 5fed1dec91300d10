// Lends a contender to the command that drives the page, and does the timing where it costs least.
import type { Contender, ContenderPage, Prepare, Round } from "./contender";
import { countCalls } from "./dispatches";

async function timeSteps(contender: Contender, steps: number): Promise<Round> {
  let script = 0;
  let loss = Number.NaN;
  const start = performance.now();
  for (let done = 0; done < steps; ) {
    const began = performance.now();
    let issuedAt: number | null = null;
    const issued = () => {
      issuedAt ??= performance.now();
    };
    const taken = contender.rush
      ? await contender.rush(steps - done, issued)
      : { steps: 1, loss: await contender.step(issued) };
    loss = taken.loss;
    done += taken.steps;
    script += (issuedAt ?? performance.now()) - began;
  }
  return { total: (performance.now() - start) / steps, script: script / steps, loss };
}

/** What a command may ask of a contender. */
export function contenderPage(prepare: Prepare): ContenderPage {
  let held: Contender | null = null;
  let usesDevice = false;
  const contender = () => {
    if (!held) throw new Error("No contender has been prepared.");
    return held;
  };
  return {
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
      if (!usesDevice) return (await contender().countKernels?.()) ?? null;
      return (await countCalls(() => contender().step(() => undefined))).calls;
    },
  };
}

/** Puts the page's functions where `page.evaluate` finds them. */
export function offer(prepare: Prepare): void {
  Object.assign(globalThis, { contender: contenderPage(prepare) });
}
