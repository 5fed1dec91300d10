// Zip archives on the way into classes: folders inside are classes, clutter stays out, hostile ones are refused without being unpacked.
import { assert, asyncProperty, integer, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { sortByFolder } from "./classFolders";
import { type ByteFile, openArchives } from "./files";
import { makeZip, squarePng, words } from "./madeImages";

const file = (name: string, bytes: Uint8Array): ByteFile => ({
  name,
  size: bytes.length,
  bytes: async (from = 0, to = bytes.length) => bytes.slice(from, to),
});
const place = (name: string, bytes: Uint8Array, ...around: string[]) => ({
  file: file(name, bytes),
  path: [...around, name],
});
const opened = async (...placed: ReturnType<typeof place>[]) => {
  const { files, refused } = await openArchives(placed);
  const sorted = sortByFolder(files, null);
  return {
    files: sorted.files.map(({ file: one, className }) => `${className}: ${one.name}`),
    refused: refused.map((one) => `${one.file} ${one.why}`),
  };
};
const [red, blue] = [squarePng([200, 0, 0], 1), squarePng([0, 0, 200], 2)];
const pets = { "pets/cats/1.png": red, "pets/dogs/1.png": blue, "pets/dogs/2.png": red };

test("the folders in an archive are the classes, whatever it is called and wherever it lies", async () => {
  const clutter = {
    "__MACOSX/pets/cats/._1.png": words("x"),
    "pets/.DS_Store": words("x"),
    "pets/cats/Thumbs.db": words("x"),
    "pets/dogs/": new Uint8Array(0),
  };
  const zip = makeZip({ ...pets, ...clutter });
  const expected = { files: ["cats: 1.png", "dogs: 1.png", "dogs: 2.png"], refused: [] };
  expect(await opened(place("pets.zip", zip))).toEqual(expected);
  expect(await opened(place("pets", zip))).toEqual(expected);
  const [cats, dogs] = [makeZip({ "1.png": red }), makeZip({ "1.png": blue, "2.png": red })];
  expect(await opened(place("cats.zip", cats), place("dogs.zip", dogs))).toEqual(expected);
  const { files } = await openArchives([place("pets.zip", zip)]);
  expect(await files.find(({ path }) => path.includes("cats"))?.file.bytes()).toEqual(red);
});

test("an archive that is cut off, without images, protected or too large is refused with its reason", async () => {
  const zip = makeZip(pets);
  expect((await opened(place("cut.zip", zip.subarray(0, -30)))).refused).toEqual([
    "cut.zip is cut off: the list of its files, which stands at its end, is missing",
  ]);
  expect((await opened(place("none.zip", makeZip({ ".DS_Store": red })))).refused).toEqual([
    "none.zip is an archive without any image in it",
  ]);
  const list = zip.length - 22 - 3 * (46 + 15);
  const secret = zip.slice();
  secret[list + 8] = 1;
  expect((await opened(place("p.zip", secret))).refused).toEqual([
    "p.zip/pets/cats/1.png is protected by a password",
  ]);
  const odd = zip.slice();
  odd[list + 10] = 14;
  expect((await opened(place("p.zip", odd))).refused[0]).toMatch(/packed by method 14/);
  // An entry that claims 4 GB is never unpacked: its size alone refuses it.
  const bomb = zip.slice();
  bomb.set([0xff, 0xff, 0xff, 0xf0], list + 24);
  const { files } = await openArchives([place("bomb.zip", bomb)]);
  expect(files[0]?.file.size).toBeGreaterThan(4e9);
  expect(await files[0]?.file.bytes(0, 100)).toHaveLength(0);
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`a/${at}.png`, red]));
  const heavy = makeZip(many);
  const view = new DataView(heavy.buffer);
  for (let at = 0; at < heavy.length - 46; at++)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 29e6, true);
  expect((await opened(place("heavy.zip", heavy))).refused[0]).toMatch(
    /would unpack to 5\.8 GB: at most 4 GB/,
  );
});

test("whatever an archive's bytes are, it is opened or refused", async () => {
  const zip = makeZip(pets);
  await assert(
    asyncProperty(
      integer({ min: 4, max: zip.length }),
      uint8Array({ maxLength: 40 }),
      async (at, noise) => {
        const bytes = zip.slice();
        bytes.set(noise.subarray(0, zip.length - at), at);
        const { files } = await openArchives([place("x.zip", bytes)]);
        for (const one of files) await one.file.bytes().catch(() => null);
      },
    ),
    { numRuns: 200 },
  );
});
