// Splits the text of a table (RFC 4180, with blanks around quotes) into records as it arrives, counting lines as editors do.
// Papa Parse reads strings, File objects and Node streams but no web streams, and counts records, not lines.
import { DataLineError } from "../errors";

/** What a file may hold; beyond it nothing is read on. */
export const csvLimits = {
  columns: 1000,
  /** Characters of one value. */
  value: 10_000,
} as const;

export interface CsvRecord {
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly values: readonly string[];
}

/** A separator that stands for any number of blanks and tabs. */
export const blanks = " ";

type Place = "start" | "plain" | "quoted" | "quote";

const [tab, lineFeed, carriageReturn, blank, quote] = [9, 10, 13, 32, 34];

/** Control characters that no text holds; the one that ended files on DOS may stand at the end. */
const isControl = (code: number) =>
  code < tab || (code > carriageReturn && code < blank && code !== 0x1a);

/** A machine that eats text and gives records; an empty line is a record without values. */
export class Splitter {
  line = 1;
  private begun = 1;
  private place: Place = "start";
  private value = "";
  private values: string[] = [];
  private afterReturn = false;
  private readonly done: CsvRecord[] = [];
  private readonly separatorCode: number;
  private readonly byBlanks: boolean;

  /** @param separator one character; `blanks` for runs of them */
  constructor(
    private readonly file: string,
    separator: string,
  ) {
    this.separatorCode = separator.charCodeAt(0);
    this.byBlanks = separator === blanks;
  }

  /** Records that this text completes. @throws DataLineError for broken quotes, control characters and endless values */
  eat(text: string): CsvRecord[] {
    const { length } = text;
    for (let at = 0; at < length; ) {
      const end = this.place === "quoted" ? this.quotedEnd(text, at) : this.plainEnd(text, at);
      if (end > at) this.run(text.slice(at, end));
      if (end < length) this.step(text.charCodeAt(end));
      at = end + 1;
    }
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

  private quotedEnd(text: string, from: number): number {
    const end = text.indexOf('"', from);
    return end < 0 ? text.length : end;
  }

  /** Place of the next character that means something. */
  private plainEnd(text: string, from: number): number {
    const { separatorCode, byBlanks } = this;
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === separatorCode || code === quote || code < blank) {
        if (code !== tab || separatorCode === tab || byBlanks) break;
      }
    }
    return at;
  }

  /** A run of characters that mean nothing by themselves. */
  private run(text: string): void {
    this.afterReturn = false;
    if (this.place === "quoted") this.countLines(text);
    else if (this.place === "quote") {
      if (text.trim() === "") return;
      throw this.error(
        "a separator or a line break after a closing quote",
        JSON.stringify(text.trim().slice(0, 1)),
      );
    } else this.place = "plain";
    this.add(text);
  }

  private countLines(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === lineFeed && !this.afterReturn) this.line++;
      if (code === carriageReturn) this.line++;
      this.afterReturn = code === carriageReturn;
    }
    this.afterReturn = false;
  }

  private step(code: number): void {
    // A carriage return and the line feed behind it are one break.
    const second = code === lineFeed && this.afterReturn;
    this.afterReturn = code === carriageReturn;
    if (this.place === "quoted") this.place = "quote";
    else if (second) this.begun = this.line;
    else if (code === carriageReturn || code === lineFeed) this.breakLine();
    else if (this.byBlanks && (code === blank || code === tab)) this.atBlank();
    else if (code === this.separatorCode) this.endValue();
    else if (code === quote) this.atQuote();
    else if (isControl(code)) {
      throw this.error("text", code === 0 ? "a zero byte" : `a control character (${code})`);
    }
  }

  private atBlank(): void {
    if (this.place === "start") return;
    this.endValue();
  }

  private atQuote(): void {
    if (this.place === "quote") {
      this.add('"');
      this.place = "quoted";
    } else if (this.value.trim() === "") {
      // Blanks in front of a quote are no part of the value.
      this.value = "";
      this.place = "quoted";
      // In the middle of a value it is a sign like any other: 5" wide.
    } else this.add('"');
  }

  private add(text: string): void {
    this.value += text;
    if (this.value.length > csvLimits.value) {
      throw this.error(`values of at most ${csvLimits.value} characters`, "a longer one");
    }
    if (this.place === "quoted" && text.includes("\0")) throw this.error("text", "a zero byte");
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
    // Blanks at the end of a line separate nothing.
    if (!this.byBlanks || this.place !== "start") this.endValue();
    this.done.push({ line: this.begun, values: this.values });
    this.values = [];
  }

  private breakLine(): void {
    const empty = this.values.length === 0 && this.place === "start";
    if (empty) this.done.push({ line: this.begun, values: [] });
    else this.endRecord();
    this.line++;
    this.begun = this.line;
  }
}
