// Counts the blocks that a JPEG's packed pixels really hold: decoders fill up missing ones with grey and say nothing.
import { isFrame } from "./size";
import { behindScan } from "./whole";

/** Share of blocks that may be missing: some writers drop the last few bits. */
const mayMiss = 0.02;

class Ended extends Error {}

/** A Huffman table (ITU T.81, annex C): for each length the first code and where its symbols begin. */
interface Table {
  readonly symbols: Uint8Array;
  /** Largest code of each length, −1 for none, [17]. */
  readonly most: Int32Array;
  /** What to add to a code of a length for the place of its symbol, [17]. */
  readonly shift: Int32Array;
  /** For eight bits that begin with a short code: its length · 256 + its symbol; else 0, [256]. */
  readonly short: Uint16Array;
}

function makeTable(counts: Uint8Array, symbols: Uint8Array): Table {
  const [most, shift] = [new Int32Array(17).fill(-1), new Int32Array(17)];
  const short = new Uint16Array(256);
  let [code, place] = [0, 0];
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] as number;
    shift[length] = place - code;
    for (let k = 0; k < count && length <= 8; k++) {
      const from = (code + k) << (8 - length);
      short.fill((length << 8) | (symbols[place + k] ?? 0), from, from + (1 << (8 - length)));
    }
    code += count;
    place += count;
    if (count > 0) most[length] = code - 1;
    code <<= 1;
  }
  return { symbols, most, shift, short };
}

/** Bits of one scan; a marker or the end of the file ends them. */
class Bits {
  private held = 0;
  private count = 0;

  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  /** Holds more than 16 bits where there are so many. */
  private fill(): void {
    while (this.count <= 16) {
      const byte = this.bytes[this.at];
      if (byte === undefined) return;
      if (byte === 0xff) {
        if (this.bytes[this.at + 1] !== 0) return;
        this.at++;
      }
      this.at++;
      this.held = ((this.held << 8) | byte) & 0xffffff;
      this.count += 8;
    }
  }

  /** Up to 16 bits as a number. */
  take(count: number): number {
    if (this.count < count) this.fill();
    if (this.count < count) throw new Ended();
    this.count -= count;
    return (this.held >>> this.count) & ((1 << count) - 1);
  }

  symbol(table: Table): number {
    if (this.count < 8) this.fill();
    if (this.count >= 8) {
      const found = table.short[(this.held >>> (this.count - 8)) & 255] as number;
      if (found > 0) {
        this.count -= found >> 8;
        return found & 255;
      }
    }
    let code = 0;
    for (let length = 1; length <= 16; length++) {
      code = (code << 1) | this.take(1);
      if (code <= (table.most[length] as number))
        return table.symbols[code + (table.shift[length] as number)] ?? 0;
    }
    throw new Ended();
  }

  /** Passes over a restart marker. */
  restart(): void {
    this.count = 0;
    const found = this.bytes[this.at + 1] as number;
    if (this.bytes[this.at] !== 0xff || found < 0xd0 || found > 0xd7) throw new Ended();
    this.at += 2;
  }
}

interface Component {
  readonly id: number;
  readonly across: number;
  readonly down: number;
}

interface Frame {
  readonly marker: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
}

function readFrame(bytes: Uint8Array, at: number, marker: number): Frame {
  const word = (place: number) => ((bytes[place] as number) << 8) | (bytes[place + 1] as number);
  const components = Array.from({ length: bytes[at + 7] as number }, (_, k) => {
    const sampling = bytes[at + 9 + 3 * k] as number;
    return {
      id: bytes[at + 8 + 3 * k] as number,
      across: Math.max(1, sampling >> 4),
      down: Math.max(1, sampling & 15),
    };
  });
  return { marker, height: word(at + 3), width: word(at + 5), components };
}

interface Scan {
  readonly frame: Frame;
  readonly parts: readonly { component: Component; dc: Table | undefined; ac: Table | undefined }[];
  readonly first: number;
  readonly last: number;
  readonly refines: boolean;
  readonly restartEvery: number;
}

/** Coefficients of one block, passed over. @returns blocks that follow without any (progressive) */
function passBlock(
  bits: Bits,
  part: Scan["parts"][number],
  scan: Scan,
  progressive: boolean,
): number {
  let at = scan.first;
  if (at === 0) {
    if (scan.refines) bits.take(1);
    else bits.take(bits.symbol(part.dc as Table));
    at = 1;
  }
  const last = progressive ? scan.last : 63;
  while (at <= last) {
    const symbol = bits.symbol(part.ac as Table);
    const [run, size] = [symbol >> 4, symbol & 15];
    if (size > 0) {
      at += run + 1;
      bits.take(size);
    } else if (run === 15) at += 16;
    else return progressive && run > 0 ? (1 << run) - 1 + bits.take(run) : 0;
  }
  return 0;
}

/** Share of a scan's blocks that can be read, 0 … 1. */
function shareHeld(bytes: Uint8Array, from: number, scan: Scan): number {
  const { frame, parts } = scan;
  const progressive = frame.marker === 0xc2;
  const across = Math.max(...frame.components.map((one) => one.across));
  const down = Math.max(...frame.components.map((one) => one.down));
  const [only] = parts;
  const single = parts.length === 1 ? only?.component : undefined;
  const columns = single
    ? Math.ceil(Math.ceil((frame.width * single.across) / across) / 8)
    : Math.ceil(frame.width / (8 * across));
  const rows = single
    ? Math.ceil(Math.ceil((frame.height * single.down) / down) / 8)
    : Math.ceil(frame.height / (8 * down));
  const units = columns * rows;
  const bits = new Bits(bytes, from);
  let empty = 0;
  let unit = 0;
  try {
    for (; unit < units; unit++) {
      if (scan.restartEvery > 0 && unit > 0 && unit % scan.restartEvery === 0) {
        bits.restart();
        empty = 0;
      }
      for (const part of parts) {
        const blocks = single ? 1 : part.component.across * part.component.down;
        for (let block = 0; block < blocks; block++) {
          if (empty > 0) empty--;
          else empty = passBlock(bits, part, scan, progressive);
        }
      }
    }
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  }
  return units === 0 ? 1 : unit / units;
}

function readTables(bytes: Uint8Array, from: number, end: number, into: Map<number, Table>): void {
  for (let at = from; at + 17 <= end; ) {
    const counts = bytes.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    into.set(bytes[at] as number, makeTable(counts, bytes.subarray(at + 17, at + 17 + total)));
    at += 17 + total;
  }
}

/**
 * True where the packed pixels of a JPEG hold (nearly) all blocks of the image. Scans that only refine earlier ones,
 * arithmetic coding and lossless forms are not counted.
 * @param bytes a file that has its end mark
 */
export function hasAllBlocks(bytes: Uint8Array): boolean {
  const tables = new Map<number, Table>();
  let frame: Frame | null = null;
  let restartEvery = 0;
  for (let at = 2; at + 4 <= bytes.length; ) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return true;
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++] as number;
    if (marker === 0xd9) return true;
    if (marker <= 1 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    const length = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    if (marker === 0xc4) readTables(bytes, at + 2, at + length, tables);
    else if (isFrame(marker)) frame = readFrame(bytes, at, marker);
    else if (marker === 0xdd)
      restartEvery = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    else if (marker === 0xda) {
      const begin = at + length;
      if (frame && frame.marker <= 0xc2) {
        const scan = readScan(bytes, at, frame, tables, restartEvery);
        if (scan && shareHeld(bytes, begin, scan) < 1 - mayMiss) return false;
      }
      at = behindScan(bytes, begin);
      continue;
    }
    at += Math.max(2, length);
  }
  return true;
}

/** The header of a scan; null for one that cannot be counted. */
function readScan(
  bytes: Uint8Array,
  at: number,
  frame: Frame,
  tables: ReadonlyMap<number, Table>,
  restartEvery: number,
): Scan | null {
  const count = bytes[at + 2] as number;
  const parts = Array.from({ length: count }, (_, k) => {
    const [id, chosen] = [bytes[at + 3 + 2 * k], bytes[at + 4 + 2 * k] as number];
    const component = frame.components.find((one) => one.id === id);
    return (
      component && { component, dc: tables.get(chosen >> 4), ac: tables.get(16 + (chosen & 15)) }
    );
  });
  const [first, last] = [bytes[at + 3 + 2 * count] as number, bytes[at + 4 + 2 * count] as number];
  const refines = (bytes[at + 5 + 2 * count] as number) >> 4 > 0;
  if (first > 0 && refines) return null;
  const progressive = frame.marker === 0xc2;
  const complete = parts.every(
    (part) =>
      part && (first > 0 || refines || part.dc) && ((progressive ? last : 63) === 0 || part.ac),
  );
  if (!complete) return null;
  return { frame, parts: parts as Scan["parts"][number][], first, last, refines, restartEvery };
}
