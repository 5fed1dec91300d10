// Where files of data sets come from on a page: dropped files and the site's own folder.
import { DataUnreachableError } from "../errors";
import type { FileSource, OpenedFile } from "../types";

const gzipEnding = ".gz";

/** The packed form first: it is a seventh of the size. */
function candidates(name: string): readonly string[] {
  return [`${name}${gzipEnding}`, name];
}

/** Files that were dropped on the page or chosen; matched by name, upper and lower case alike. */
export function filesFromList(files: readonly File[]): FileSource {
  return {
    description: "the dropped files",
    list: () => Promise.resolve(files.map((file) => file.name)),
    open(name) {
      for (const candidate of candidates(name)) {
        const file = files.find((entry) => entry.name.toLowerCase() === candidate.toLowerCase());
        if (file) return Promise.resolve(openFile(file));
      }
      return Promise.resolve(null);
    },
  };
}

function openFile(file: File): OpenedFile {
  return { name: file.name, stream: file.stream(), size: file.size };
}

/** The character that starts every HTML page; no packed or plain idx file starts with it. */
const lessThan = 0x3c;
const firstServerError = 500;

/**
 * Files under an address.
 * Servers of single-page sites answer their index.html, with status 200, for a file that is not there: a page of
 * HTML, told by its content type or its first byte, counts as no file.
 * @param base address of the folder, with or without "/" at its end
 */
export function filesFromUrl(base: string): FileSource {
  const folder = base.endsWith("/") ? base : `${base}/`;
  return {
    description: folder,
    async open(name) {
      for (const candidate of candidates(name)) {
        const opened = await openUrl(folder + candidate, candidate);
        if (opened) return opened;
      }
      return null;
    },
  };
}

/** @throws DataUnreachableError when the server fails; null when it says that there is no such file */
async function openUrl(url: string, name: string): Promise<OpenedFile | null> {
  const response = await fetch(url).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataUnreachableError(`${url} does not answer (${reason}).`);
  });
  if (response.status >= firstServerError) {
    throw new DataUnreachableError(`${url} fails (server error ${response.status}).`);
  }
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok || response.body === null || type.includes("text/html")) {
    await response.body?.cancel();
    return null;
  }
  const stream = await unlessHtml(response.body);
  return stream && { name, stream, size: sizeOf(response) };
}

/** Length by the header; unknown where the transfer is packed, because the length is then the packed one. */
function sizeOf(response: Response): number | null {
  const length = response.headers.get("content-length");
  if (length === null || response.headers.has("content-encoding")) return null;
  return Number(length);
}

/** The same bytes as a stream, or null when the first of them starts an HTML page. */
async function unlessHtml(
  stream: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array> | null> {
  const reader = stream.getReader();
  let first = await reader.read();
  while (!first.done && first.value.length === 0) first = await reader.read();
  if (!first.done && first.value[0] === lessThan) {
    await reader.cancel();
    return null;
  }
  let next: typeof first | null = first;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = next ?? (await reader.read());
        next = null;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
