// Contenders in processes of Node, each in one of its own: a library's settings must not reach another's.
import { type ChildProcess, fork } from "node:child_process";
import type { OpenContender, Opener } from "./compare";

/** A call of a contender's function in another process. */
export interface Request {
  readonly name: "prepare" | "warmUp" | "round" | "countDispatches";
  readonly values: readonly unknown[];
}

/** Its answer. */
export type Reply = { readonly value: unknown } | { readonly error: string };

/** Word that starts this program as a contender. */
export const contenderWord = "--contender";

function ask(child: ChildProcess, name: Request["name"], ...values: unknown[]): Promise<never> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      child.off("message", onReply);
      child.off("exit", onExit);
      settle();
    };
    const onReply = (reply: Reply) =>
      done(() =>
        "error" in reply ? reject(new Error(reply.error)) : resolve(reply.value as never),
      );
    const onExit = () => done(() => reject(new Error("its process ended")));
    child.on("message", onReply);
    child.on("exit", onExit);
    child.send({ name, values } satisfies Request);
  });
}

/** @param program path of the bundled command, which is started again for each contender. */
export function processContenders(program: string): Opener {
  return async ({ page }): Promise<OpenContender> => {
    const child = fork(program, [contenderWord, page], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    return {
      prepare: (network, backend) => ask(child, "prepare", network, backend),
      warmUp: (steps) => ask(child, "warmUp", steps),
      round: (steps) => ask(child, "round", steps),
      countDispatches: () => ask(child, "countDispatches"),
      async close() {
        child.kill();
      },
    };
  };
}
