// Which files of a source are CIFAR-10's batches: the official names, or the parts that people cut out of them.
import type { FileSource } from "../types";

const officialTrain = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`);

/** Names of test files, the best first: all of it, a balanced part, any part. */
const testPatterns = [/^test_batch\.bin$/, /^test\.bin$/, /^heldout.*\.bin$/, /^test.*\.bin$/];
/** Names of training files, in the same way. */
const trainPatterns = [/^data_batch_\d+\.bin$/, /^train.*\.bin$/];

export interface BatchNames {
  readonly train: readonly string[];
  readonly test: string | null;
}

function chosen(names: readonly string[], patterns: readonly RegExp[]): readonly string[] {
  const plain = [...new Set(names.map((name) => name.replace(/\.gz$/i, "")))].sort();
  for (const pattern of patterns) {
    const found = plain.filter((name) => pattern.test(name.toLowerCase()));
    if (found.length > 0) return found;
  }
  return [];
}

/** A server lists nothing: it is asked for one name after the other. */
async function ask(source: FileSource, names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const file = await source.open(name);
    if (!file) break;
    await file.stream.cancel().catch(() => undefined);
    found.push(name);
  }
  return found;
}

/** The batches that a source has. */
export async function batchNames(source: FileSource): Promise<BatchNames> {
  if (source.list) {
    const names = await source.list();
    return { train: chosen(names, trainPatterns), test: chosen(names, testPatterns)[0] ?? null };
  }
  const train = await ask(source, officialTrain);
  if (train.length === 0) return { train, test: null };
  return { train, test: (await ask(source, ["test_batch.bin"]))[0] ?? null };
}
