// Damaged files of bytes in records (idx, CIFAR-10, its archive, one-hot labels): each is refused, memory stays bounded.
import { concatenate, gzip, idxFile } from "../testing";
import { readCifarBatch } from "./cifar";
import { readCifarArchive } from "./cifarArchive";
import { type Case, changed, cut, noise, refusesAll, text, zeros } from "./damaged";
import { readIdx } from "./idx";
import { readOneHot } from "./sprites";
import { cifarArchive, cifarRecords, oneHot, pngSignature, tarEntry, tarFile } from "./testing";

const labelFile = { itemShape: [], maximumCount: 60_000, items: "labels", largest: 9 };
const pictureFile = { itemShape: [4, 3], maximumCount: 100, items: "pictures" };
const fiveLabels = idxFile([5], Uint8Array.of(0, 1, 2, 3, 4));

const idxLabels: readonly Case[] = [
  ["is empty", () => zeros(0), /byte 0: expected the magic number .* end of the file after 0/],
  ["ends in the magic number", () => cut(fiveLabels, 3), /byte 3: .*magic number/],
  [
    "begins with another byte",
    () => changed(fiveLabels, 0, 1),
    /byte 0: .*zero.*found 01 00 08 01/,
  ],
  ["holds floats", () => changed(fiveLabels, 2, 0x0d), /byte 2: .*unsigned bytes.*00 00 0d 01/],
  ["has three dimensions", () => changed(fiveLabels, 3, 3), /byte 3: .*number of dimensions/],
  ["ends in the count", () => cut(fiveLabels, 6), /byte 6: expected the number of labels/],
  ["counts nothing", () => idxFile([0], zeros(0)), /byte 4: expected 1 to 60000 labels, found 0\./],
  ["counts too much", () => idxFile([60_001], zeros(9)), /byte 4: .*found 60001/],
  ["claims 2 GB", () => idxFile([2 ** 31], zeros(9)), /byte 4: .*found 2147483648/],
  ["holds fewer", () => cut(fiveLabels, 11), /byte 11: .*5 labels \(2 more bytes\)/],
  ["holds more", () => concatenate(fiveLabels, zeros(1)), /byte 13: .*after 5 labels, found more/],
  ["has a label of 10", () => changed(fiveLabels, 10, 10), /byte 10: .*from 0 to 9, found 10/],
  ["is cut-off gzip", () => cut(gzip(fiveLabels), 20), /of the unpacked content.*cut-off gzip/],
  [
    "has a wrong gzip check sum",
    () => changed(gzip(fiveLabels), -6),
    /byte \d+ of the unpacked .*gzip data \(/,
  ],
  [
    "is gzip in its first bytes only",
    () => concatenate(Uint8Array.of(0x1f, 0x8b), noise),
    /byte 0 of the unpacked/,
  ],
  [
    "is a gzip bomb",
    () => gzip(concatenate(idxFile([9], zeros(9)), zeros(30e6))),
    /byte 17 of the unpacked .*after 9 labels/,
  ],
];

const idxPictures: readonly Case[] = [
  [
    "has another side",
    () => idxFile([2, 4, 28], zeros(24)),
    /byte 12: expected pictures with a side of 3, found 28/,
  ],
  [
    "counts more than there can be",
    () => idxFile([101, 4, 3], zeros(24)),
    /1 to 100 pictures, found 101/,
  ],
  [
    "ends in a picture",
    () => idxFile([2, 4, 3], zeros(13)),
    /byte 29: .*2 pictures \(11 more bytes\)/,
  ],
];

const largePictures: readonly Case[] = [
  [
    "claims 47 MB in 16 kB",
    () => idxFile([60_000, 28, 28], zeros(16_000)),
    /byte 16: .*47040000 bytes.*too short for them: 16016 bytes/,
  ],
  [
    "claims in gzip what cannot be packed so small",
    () => gzip(idxFile([60_000, 28, 28], noise)),
    /byte 16 of the unpacked .*too short/,
  ],
];

const batch: readonly Case[] = [
  ["is empty", () => zeros(0), /byte 0: expected at least one record, found an empty file/],
  [
    "ends in a record",
    () => cut(cifarRecords([1, 2]), 4000),
    /byte 4000: expected 3073 bytes for record 1 .*after 927/,
  ],
  [
    "has a label of 10",
    () => cifarRecords([1, 2, 10]),
    /byte 6146: expected the label of record 2, from 0 to 9, found 10/,
  ],
  [
    "is a picture instead",
    () => concatenate(pngSignature, zeros(4000)),
    /byte 0: expected the label of record 0.*found 137/,
  ],
  [
    "is CIFAR-100, with two label bytes",
    () => changed(zeros(2 * 3074), 3073, 99),
    /byte 3073: .*found 99/,
  ],
  [
    "is cut-off gzip",
    () => cut(gzip(concatenate(cifarRecords([1]), noise)), 300),
    /unpacked content.*cut-off gzip/,
  ],
  [
    "is a gzip bomb",
    () => gzip(zeros(60_002 * 3073)),
    /expected at most 60000 records, found more/,
  ],
];

const archive = cifarArchive([[1, 2]], [3]);
/** Where the entries of that archive begin. */
const [readme, firstBatch] = [0, 1024];
const headerOf = (name: string, statedSize: number) => tarEntry(name, zeros(0), { statedSize });

const archives: readonly Case[] = [
  ["is empty", () => zeros(0), /byte 0: expected the header of the next file/],
  [
    "ends in a header",
    () => cut(archive, 700),
    /byte 700: .*header of the next file.*\(324 more bytes\)|byte 700: expected/,
  ],
  [
    "has a damaged header",
    () => changed(archive, firstBatch + 5),
    /byte 1172: expected the check sum \d+ of a tar header/,
  ],
  [
    "has a header without a check sum",
    () => concatenate(text("<html>not here</html>"), zeros(2000)),
    /byte 148: .*found no number/,
  ],
  [
    "claims 8 GB",
    () => headerOf("data_batch_1.bin", 8 ** 11 - 1),
    /byte 124: expected the size of data_batch_1.bin, at most 200000000 bytes, found 8589934591/,
  ],
  ["has a size that is no number", () => changedSize(archive), /byte 124: .*found no octal number/],
  [
    "claims more than it holds",
    () => headerOf("data_batch_1.bin", 30_730_000),
    /byte 124: expected 30730000 bytes of data_batch_1.bin, found an archive too short/,
  ],
  [
    "ends in an entry",
    () => cut(archive, 5000),
    /byte \d+: expected .*data_batch_1.bin.*archive too short/,
  ],
  [
    "ends in an entry, packed",
    () => gzip(cut(archive, 5000)),
    /byte 5000 of the unpacked content: expected the content of .*data_batch_1.bin/,
  ],
  [
    "ends without an end mark",
    () => cut(archive, archive.length - 1024),
    /expected the header of the next file, or the archive's end mark/,
  ],
  [
    "has no test batch",
    () => tarFile(tarEntry("data_batch_1.bin", cifarRecords([1]))),
    /test_batch.bin in the archive, found no test_batch/,
  ],
  [
    "has no training batch",
    () => tarFile(tarEntry("test_batch.bin", cifarRecords([1]))),
    /found no data_batch/,
  ],
  [
    "has a label of 200",
    () => tarFile(tarEntry("data_batch_1.bin", cifarRecords([1, 200]))),
    /byte 3585: expected data_batch_1.bin: the label of record 1/,
  ],
  [
    "has half a record",
    () => tarFile(tarEntry("test_batch.bin", zeros(4000))),
    /test_batch.bin: 3073 bytes for record 1/,
  ],
  [
    "has an empty batch",
    () => tarFile(tarEntry("data_batch_2.bin", zeros(0))),
    /data_batch_2.bin: at least one record/,
  ],
  [
    "is gzip of something else",
    () => gzip(text("hello ".repeat(200))),
    /byte 148 of the unpacked content: expected the check sum/,
  ],
  [
    "is a gzip bomb of zeros",
    () => gzip(zeros(40e6)),
    /unpacked content: expected data_batch_1.bin .*found no data_batch/,
  ],
  [
    "is a gzip bomb of many small files",
    () => gzip(tarFile(...Array.from({ length: 1001 }, (_, i) => tarEntry(`a${i}`, zeros(0))))),
    /at most 1000 files/,
  ],
];

function changedSize(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(text("-0000000012"), readme + 124);
  const sum = copy
    .subarray(0, 512)
    .reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  copy.set(text(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return copy;
}

const labels: readonly Case[] = [
  ["is empty", () => zeros(0), /byte 0: expected at least one label/],
  [
    "holds plain labels",
    () => Uint8Array.from([...Array(10).keys()]),
    /byte 2: expected 0 or 1 in label 0, found 2/,
  ],
  [
    "has two ones",
    () => changed(oneHot([3, 4]), 19, 1),
    /byte 10: expected exactly one 1 in label 1, found 2/,
  ],
  [
    "has a label without a class",
    () => concatenate(oneHot([3]), zeros(10)),
    /byte 10: expected exactly one 1 in label 1, found 0/,
  ],
  [
    "ends in a label",
    () => cut(oneHot([3, 4]), 17),
    /byte 10: expected 10 bytes for label 1, found the end of the file after 7/,
  ],
  [
    "is a gzip bomb",
    () => gzip(oneHot(new Array<number>(200_000).fill(0))),
    /byte 700000 of the unpacked content: expected at most 70000 labels/,
  ],
];

refusesAll("labels-idx1-ubyte", idxLabels, (file) => readIdx(file, labelFile));
refusesAll("images-idx3-ubyte", idxPictures, (file) => readIdx(file, pictureFile));
refusesAll("large-idx3-ubyte", largePictures, (file) =>
  readIdx(file, { itemShape: [28, 28], maximumCount: 60_000, items: "pictures" }),
);
refusesAll("data_batch_1.bin", batch, readCifarBatch);
refusesAll("cifar-10-binary.tar.gz", archives, readCifarArchive);
refusesAll("labels_uint8", labels, (file) => readOneHot(file, 10));
