// From the bytes of a table to its text: the encoding follows from a byte order mark, from zero bytes (UTF-16), or from whether the bytes are valid UTF-8.
import type { Experiment } from "../../experiment/schema";
import type { ByteReader } from "./bytes";
import type { Crc32 } from "./crc32";
import { pieceSize } from "./pieces";

/** Most bytes of a table, unpacked. */
export const mostBytes = 50_000_000;

/** A setting of the experiment: "found" leaves it to the file. */
export type WantedEncoding = Experiment["data"]["encoding"];
export type Encoding = Exclude<WantedEncoding, "found">;

/** What was found out about the encoding, complete once the text has ended. */
export interface FoundEncoding {
  encoding: Encoding;
  /** Characters that could not be read and stand as U+FFFD. */
  damaged: number;
}

/** Share of zero bytes at even or odd places from which a text is UTF-16: ASCII alone gives one half. */
const utf16Share = 0.1;

/** UTF-16 without a mark: zero bytes stand at places of one parity only. */
function unmarkedUtf16(head: Uint8Array): Encoding | null {
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at & 1] = (zeros[at & 1] as number) + 1;
  });
  const [even, odd] = zeros as [number, number];
  const least = Math.max(1, utf16Share * head.length);
  if (odd >= least && even === 0) return "utf-16le";
  if (even >= least && odd === 0) return "utf-16be";
  return null;
}

function findEncoding(head: Uint8Array): Encoding {
  const mark = ((head[0] ?? 0) << 8) | (head[1] ?? 0);
  if (mark === 0xfffe) return "utf-16le";
  if (mark === 0xfeff) return "utf-16be";
  return unmarkedUtf16(head) ?? "utf-8";
}

/** Bytes at the end that begin a UTF-8 sequence and do not complete it: 0 … 3. */
function openSequence(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

const replacement = /\ufffd/g;
const beyondAscii = /[^\0-\x7f]/g;
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/**
 * UTF-8 that turns into Windows-1252 at the first bytes that are not UTF-8, as long as nothing but ASCII came before:
 * up to there both say the same. Where proper UTF-8 came before, the file is damaged UTF-8.
 */
class Utf8OrWindows {
  private readonly strict = new TextDecoder("utf-8", { fatal: true });
  private windows: TextDecoder | null = null;
  private tail: Uint8Array = new Uint8Array(0);
  private ascii = true;

  constructor(private readonly found: FoundEncoding) {}

  decode(bytes: Uint8Array, last: boolean): string {
    if (this.windows) return this.windows.decode(bytes, { stream: !last });
    const whole = join(this.tail, bytes);
    const open = last ? 0 : openSequence(whole);
    const complete = whole.subarray(0, whole.length - open);
    this.tail = whole.slice(whole.length - open);
    try {
      const text = this.strict.decode(complete);
      if (this.ascii && text.length < complete.length) this.ascii = false;
      return text;
    } catch {
      return this.fallBack(complete);
    }
  }

  private fallBack(complete: Uint8Array): string {
    const text = new TextDecoder("utf-8").decode(complete);
    const damaged = count(text, replacement);
    if (!this.ascii || count(text, beyondAscii) > 2 * damaged) {
      this.ascii = false;
      this.found.damaged += damaged;
      return text;
    }
    this.found.encoding = "windows-1252";
    this.windows = new TextDecoder("windows-1252");
    const whole = join(complete, this.tail);
    return this.windows.decode(whole, { stream: true });
  }
}

/**
 * The text of a table, in parts, none of them empty.
 * @param sum takes in every byte of the unpacked content
 * @param found is filled in while the text is read
 * @throws DataFileError for damaged gzip and files above 50 MB
 */
export async function* csvText(
  reader: ByteReader,
  sum: Crc32,
  wanted: WantedEncoding,
  found: FoundEncoding,
): AsyncGenerator<string> {
  const take = async () => {
    const bytes = await reader.some(pieceSize);
    if (reader.offset > mostBytes) throw reader.error(`at most ${mostBytes} bytes`, "more");
    if (bytes) sum.add(bytes);
    return bytes;
  };
  // The encoding is detected on a whole piece, however small the chunks are.
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < pieceSize) {
    const bytes = await take();
    if (bytes === null) break;
    head = join(head, bytes.slice());
  }
  found.encoding = wanted === "found" ? findEncoding(head) : wanted;
  const decoder =
    wanted === "found" && found.encoding === "utf-8" ? new Utf8OrWindows(found) : null;
  const plain = new TextDecoder(found.encoding);
  for (let bytes: Uint8Array | null = head; ; bytes = await take()) {
    const last = bytes === null;
    const held = bytes ?? new Uint8Array(0);
    const text = decoder ? decoder.decode(held, last) : plain.decode(held, { stream: !last });
    if (!decoder) found.damaged += count(text, replacement);
    if (text !== "") yield text;
    if (last) return;
  }
}
