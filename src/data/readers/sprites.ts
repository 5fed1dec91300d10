// Reads the form in which TensorFlow.js' tutorials publish pictures: one PNG whose every row is one picture, and one-hot bytes.
import type { OpenedFile, ReadProgress } from "../types";
import { ByteReader } from "./bytes";
import { readPng } from "./png";
import type { PictureFormat, PicturePool } from "./pool";

/** Most pictures of a sprite: Fashion-MNIST's has 70,000. */
const mostPictures = 70_000;

/** Labels read at a time. */
const labelsAtOnce = 1000;

/**
 * One-hot bytes to classes: each group of `classes` bytes holds one 1 and zeros.
 * @returns [count]
 * @throws DataFileError with file, byte, expectation and finding
 */
export async function readOneHot(
  file: OpenedFile,
  classes: number,
  progress?: ReadProgress,
): Promise<Uint8Array> {
  const reader = await ByteReader.open(file, progress);
  try {
    return await readGroups(reader, classes);
  } finally {
    await reader.close();
  }
}

async function readGroups(reader: ByteReader, classes: number): Promise<Uint8Array> {
  const labels: number[] = [];
  const block = new Uint8Array(labelsAtOnce * classes);
  for (;;) {
    const start = reader.offset;
    const found = await reader.fill(block);
    for (let at = 0; at < found; at += classes) {
      if (labels.length === mostPictures) {
        throw reader.error(`at most ${mostPictures} labels`, "more", start + at);
      }
      const group = block.subarray(at, Math.min(at + classes, found));
      labels.push(classOf(reader, group, classes, labels.length, start + at));
    }
    if (found < block.length) break;
  }
  if (labels.length === 0) throw reader.error("at least one label", "an empty file", 0);
  return Uint8Array.from(labels);
}

function classOf(
  reader: ByteReader,
  group: Uint8Array,
  classes: number,
  number: number,
  offset: number,
): number {
  if (group.length < classes) {
    const found = `the end of the file after ${group.length}`;
    throw reader.error(`${classes} bytes for label ${number}`, found, offset);
  }
  const wrong = group.findIndex((byte) => byte > 1);
  if (wrong >= 0) {
    throw reader.error(`0 or 1 in label ${number}`, `${group[wrong]}`, offset + wrong);
  }
  const ones = group.reduce((sum, byte) => sum + byte, 0);
  if (ones !== 1) throw reader.error(`exactly one 1 in label ${number}`, `${ones}`, offset);
  return group.indexOf(1);
}

/**
 * Reads labels, then the sprite with exactly as many rows.
 * @returns pixels [count, height, width, channels]
 * @throws DataFileError with file, byte, expectation and finding
 */
export async function readSprites(
  images: OpenedFile,
  labels: OpenedFile,
  format: PictureFormat,
  progress?: ReadProgress,
): Promise<PicturePool> {
  const classes = await readOneHot(labels, format.classes, progress);
  const expectation = {
    width: format.width * format.height,
    height: classes.length,
    channels: format.channels,
  };
  const pictures = await readPng(images, expectation, progress);
  return { count: classes.length, pictures, labels: classes };
}
