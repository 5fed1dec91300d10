// What an argument of `inspect` is taken for: files by their content, the rest links.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { inspectArgument, kindOfPath } from "./dispatch";

const folder = mkdtempSync(join(tmpdir(), "inspect-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes, "latin1");
  return path;
}

test("a file is taken for what it holds; the name decides where the bytes say nothing", () => {
  expect(kindOfPath(folder)).toBe("pictures");
  expect(kindOfPath(file("a.csv", "BMI,age\n20,30\n"))).toBe("table");
  expect(kindOfPath(file("picture.csv", "\x89PNG\r\n\x1a\n"))).toBe("pictures");
  expect(kindOfPath(file("no name", "\xff\xd8\xff\xe0"))).toBe("pictures");
  expect(kindOfPath(file("cat.heic", "\0\0\0\x18ftypheic"))).toBe("pictures");
  expect(kindOfPath(file("cats.zip", "PK\x03\x04"))).toBe("pictures");
  expect(kindOfPath(file("book.xlsx", "PK\x03\x04"))).toBe("table");
  expect(kindOfPath(file("empty.png", ""))).toBe("pictures");
  expect(kindOfPath(file("values", "\xff\xfea\0,\0b\0"))).toBe("table");
});

test("whatever is no file is read as a link, and what cannot be one is refused", async () => {
  const { found, text } = await inspectArgument("http://localhost:4173/#v=1;train=30");
  expect(found).toMatchObject({
    kind: "link",
    canonical: expect.stringMatching(/^v=1\.\w{3};train=30$/),
    remarks: [],
  });
  expect(text).toContain("Training examples: 30");
  await expect(inspectArgument("no-such-file.csv")).rejects.toThrow("no such file");
});
