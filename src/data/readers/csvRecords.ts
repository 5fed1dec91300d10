// Splits a CSV file (RFC 4180) into records as it arrives, counting lines as editors do.
// Papa Parse reads strings, File objects and Node streams but no web streams, and counts records, not lines.
import { DataLineError } from "../errors";
import type { ByteReader } from "./bytes";
import type { Crc32 } from "./crc32";
import { pieceSize } from "./pieces";

/** What a file may hold; beyond it nothing is read on. */
export const csvLimits = {
  /** Unpacked bytes. */
  bytes: 50_000_000,
  columns: 1000,
  /** Characters of one value. */
  value: 10_000,
} as const;

export interface CsvRecord {
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly values: readonly string[];
}

type Place = "start" | "plain" | "quoted" | "quote";

const separators = [",", ";", "\t"] as const;

/** The separator that stands most often in the first line, outside quotes. */
function findSeparator(text: string): string {
  const line = text.replace(/"[^"]*"/g, "").split(/\r|\n/, 1)[0] ?? "";
  const count = (separator: string) => line.split(separator).length;
  return separators.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** A machine that eats characters and gives records. */
class Splitter {
  line = 1;
  private begun = 1;
  private place: Place = "start";
  private value = "";
  private values: string[] = [];
  private afterReturn = false;
  private readonly done: CsvRecord[] = [];

  constructor(
    private readonly file: string,
    private readonly separator: string,
  ) {}

  /** Records that this text completes. */
  eat(text: string): CsvRecord[] {
    for (const character of text) this.step(character);
    return this.done.splice(0);
  }

  /** The last record, where no line break ends the file. */
  end(): CsvRecord[] {
    if (this.place === "quoted") {
      throw this.error(
        `the quote that ends the value begun in line ${this.begun}`,
        "the end of the file",
      );
    }
    if (this.values.length > 0 || this.place !== "start") this.endRecord();
    return this.done.splice(0);
  }

  private error(expected: string, found: string): DataLineError {
    return new DataLineError(this.file, this.line, expected, found);
  }

  private step(character: string): void {
    // A carriage return and the line feed behind it are one break.
    const second = character === "\n" && this.afterReturn;
    this.afterReturn = character === "\r";
    if (this.place === "quoted") this.inQuotes(character, second);
    else if (second) this.begun = this.line;
    else if (character === "\r" || character === "\n") this.breakLine();
    else if (character === this.separator) this.endValue();
    else if (character === '"') this.atQuote();
    else this.atCharacter(character);
  }

  private inQuotes(character: string, second: boolean): void {
    if (character === '"') this.place = "quote";
    else this.add(character);
    if ((character === "\n" && !second) || character === "\r") this.line++;
  }

  private atQuote(): void {
    if (this.place === "quote") {
      this.add('"');
      this.place = "quoted";
    } else if (this.place === "start") this.place = "quoted";
    else
      throw this.error(
        "quotes around a whole value only",
        `a quote inside ${JSON.stringify(this.value)}`,
      );
  }

  private atCharacter(character: string): void {
    if (this.place === "quote") {
      throw this.error(
        "a separator or a line break after a closing quote",
        JSON.stringify(character),
      );
    }
    this.place = "plain";
    this.add(character);
  }

  private add(character: string): void {
    if (character === "\0") throw this.error("text", "a zero byte");
    this.value += character;
    if (this.value.length > csvLimits.value) {
      throw this.error(`values of at most ${csvLimits.value} characters`, "a longer one");
    }
  }

  private endValue(): void {
    this.values.push(this.value);
    this.value = "";
    this.place = "start";
    if (this.values.length > csvLimits.columns) {
      throw this.error(`at most ${csvLimits.columns} columns`, "more");
    }
  }

  private endRecord(): void {
    this.endValue();
    this.done.push({ line: this.begun, values: this.values });
    this.values = [];
  }

  private breakLine(): void {
    const empty = this.values.length === 0 && this.place === "start";
    if (!empty) this.endRecord();
    this.line++;
    this.begun = this.line;
  }
}

/**
 * Records of a CSV file in UTF-8, empty lines left out. Separator: comma, semicolon or tab, whichever the first line
 * has most of.
 * @param sum takes in every byte of the unpacked content
 * @throws DataLineError for broken quotes, zero bytes, values or rows too long; DataFileError for damaged gzip, other
 * encodings and files above 50 MB
 */
export async function* csvRecords(reader: ByteReader, sum: Crc32): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let splitter: Splitter | null = null;
  let head = "";
  for (;;) {
    const bytes = await reader.some(pieceSize);
    if (reader.offset > csvLimits.bytes) {
      throw reader.error(`at most ${csvLimits.bytes} bytes`, "more");
    }
    if (bytes) sum.add(bytes);
    const text = decode(reader, decoder, bytes);
    if (splitter) yield* splitter.eat(text);
    else head += text;
    // The separator is told by the whole first line, however small the pieces are.
    if (!splitter && (bytes === null || /[\r\n]/.test(head) || head.length > csvLimits.value)) {
      splitter = new Splitter(reader.name, findSeparator(head));
      yield* splitter.eat(head);
    }
    if (bytes !== null) continue;
    if (splitter) yield* splitter.end();
    return;
  }
}

function decode(reader: ByteReader, decoder: TextDecoder, bytes: Uint8Array | null): string {
  const start = reader.offset - (bytes?.length ?? 0);
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    const found = isUtf16(bytes) ? "UTF-16" : "bytes of another encoding";
    throw reader.error("text in UTF-8", `${found}; save the file as UTF-8`, start);
  }
}

/** Told by the byte order mark, which spreadsheets write. */
function isUtf16(bytes: Uint8Array | null): boolean {
  const mark = ((bytes?.[0] ?? 0) << 8) | (bytes?.[1] ?? 0);
  return mark === 0xfffe || mark === 0xfeff;
}
