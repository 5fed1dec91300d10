// The other end of processContenders: one library on Node's graphics device.
import { provideDevice } from "./nodeDevice";
import type { ContenderPage, Prepare } from "./pages/contender";
import { contenderPage } from "./pages/offer";
import type { Reply, Request } from "./processContenders";

/** Loaded only when the device is there: TensorFlow.js looks for it once. */
const libraries: Readonly<Record<string, () => Promise<Prepare>>> = {
  ours: async () => (await import("./pages/contenders/ours")).prepareOurs,
  stock: async () => (await import("./pages/contenders/stockTfjs")).prepareStock,
  jax: async () => (await import("./pages/contenders/jax")).prepareJax,
};

/** Serves requests until the process is ended. @param name which library. */
export async function serveContender(name: string): Promise<void> {
  let held: ContenderPage | null = null;
  const contender = async (): Promise<ContenderPage> => {
    if (held) return held;
    await provideDevice();
    const library = libraries[name];
    if (!library) throw new Error(`There is no contender "${name}".`);
    held = contenderPage(await library());
    return held;
  };
  const answer = async (request: Request): Promise<Reply> => {
    try {
      const page = await contender();
      const call = page[request.name] as (...values: readonly unknown[]) => Promise<unknown>;
      return { value: await call(...request.values) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
  await new Promise<void>((resolve) => {
    process.on("message", async (request: Request) => {
      process.send?.(await answer(request));
    });
    process.on("disconnect", resolve);
  });
}
