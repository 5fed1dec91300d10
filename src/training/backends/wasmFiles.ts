// Why a .wasm file could not be used: what the server sent in its place, in words that name the file.

/** Where WebAssembly starts. */
const magic = [0x00, 0x61, 0x73, 0x6d] as const;
const isAddress = (folder: string) => /^https?:/.test(folder);

/** What this asks of the browser. */
export interface Network {
  readonly fetch: typeof fetch;
  compile(bytes: ArrayBuffer): Promise<unknown>;
}

const browser: Network = {
  fetch: (...request) => fetch(...request),
  compile: (bytes) => WebAssembly.compile(bytes),
};

/**
 * Looks at a file that the library could not start from. @returns why, as the end of a sentence; null where nothing is
 * known against the file
 */
export async function whyUnusable(
  folder: string,
  file: string,
  { fetch: load, compile }: Network = browser,
): Promise<string | null> {
  if (!isAddress(folder)) return null;
  let bytes: ArrayBuffer;
  try {
    const response = await load(folder + file);
    if (!response.ok) return `the server answered ${response.status} for ${file}`;
    bytes = await response.arrayBuffer();
  } catch {
    return `${file} could not be loaded`;
  }
  const start = new Uint8Array(bytes, 0, Math.min(magic.length, bytes.byteLength));
  if (!magic.every((byte, index) => start[index] === byte)) {
    return `the server sent something else in place of ${file}`;
  }
  return compile(bytes).then(
    () => null,
    () => `${file} is cut short or damaged, or needs what this browser does not offer`,
  );
}
