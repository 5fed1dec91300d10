// Files that this browser has kept from an earlier download.
import type { FileSource } from "../types";
import { isComplete, type PieceStore, pieceCount, soundPiece } from "./pieceStore";

/** Whole files of the store; those of which a part is missing are left to the address that they came from. */
export function filesFromStore(store: PieceStore): FileSource {
  return {
    description: "this browser's cache",
    async open(name) {
      const manifest = await store.manifest(name);
      if (!manifest || !isComplete(manifest)) return null;
      let number = 0;
      const stream = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            if (number === pieceCount(manifest.length)) return controller.close();
            const bytes = await soundPiece(store, name, manifest, number);
            if (!bytes) {
              await store.remove(name);
              throw new Error(
                "the copy in this browser's cache is damaged and was deleted; try again",
              );
            }
            number++;
            controller.enqueue(bytes);
          },
        },
        { highWaterMark: 0 },
      );
      return { name, stream, size: manifest.length, discard: () => store.remove(name) };
    },
  };
}
