// Where the browser keeps a learner's pictures between visits: one file in IndexedDB, which also pages without https have.

const [databaseName, shelf, place] = ["regularization-playground-pictures", "albums", "own"];

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Does something with the shelf. Rejects where the browser allows no storage, or it is full. */
async function withShelf<T>(
  mode: IDBTransactionMode,
  use: (held: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open(databaseName, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(shelf);
  const database = await answered(opening);
  try {
    const transaction = database.transaction(shelf, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await answered(use(transaction.objectStore(shelf)));
    // Only a finished transaction is on the disk: a full one fails after its request was answered.
    await done;
    return result;
  } finally {
    database.close();
  }
}

/** Keeps the file, or forgets it. @returns false where the browser does not keep it */
export async function keepAlbum(file: Blob | null): Promise<boolean> {
  try {
    const bytes = await file?.arrayBuffer();
    if (bytes) await withShelf("readwrite", (held) => held.put(bytes, place));
    else await withShelf("readwrite", (held) => held.delete(place));
    return true;
  } catch {
    return false;
  }
}

/** The file that was kept, or null where there is none. */
export async function keptAlbum(): Promise<Blob | null> {
  try {
    const bytes: unknown = await withShelf("readonly", (held) => held.get(place));
    return bytes instanceof ArrayBuffer ? new Blob([bytes]) : null;
  } catch {
    return null;
  }
}
