// Sprites of the public TensorFlow.js tutorials, from where they are published, kept by the browser as they come.
import type { FileSource } from "../types";
import { Download, type DownloadSurroundings } from "./download";

/** Where the tutorials' sprites are published. A build may name a mirror in its place: see the README. */
export const publicAddress = "https://storage.googleapis.com/learnjs-data/model-builder/";

/** The files that are published there; nothing else is asked for. */
const published = /^(mnist|fashion_mnist|cifar10)_(images\.png|labels_uint8)$/;

/** @param base address of the folder, with or without "/" at its end */
export function filesFromPublicAddress(
  base: string,
  surroundings: DownloadSurroundings,
): FileSource {
  const address = base.endsWith("/") ? base : `${base}/`;
  return {
    description: address,
    async open(name) {
      if (!published.test(name)) return null;
      const download = new Download(address + name, name, surroundings);
      if (!(await download.begin())) return null;
      const stream = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            const bytes = await download.next();
            if (bytes === null) controller.close();
            else controller.enqueue(bytes);
          },
          cancel: () => download.stop(),
        },
        { highWaterMark: 0 },
      );
      const discard = async () => surroundings.store?.remove(name);
      return { name, stream, size: download.length, discard };
    },
  };
}
