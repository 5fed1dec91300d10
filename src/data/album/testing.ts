// Small made albums for tests; nothing else imports it.
import { concatenate, memorySource } from "../testing";
import { type Album, type AlbumPicture, checkSum, keepPicture, keptBytes, keptSide } from "./album";
import { albumPieces } from "./container";

/** A picture that is easy to tell from others: kind 0 bright on the left, 1 on top, 2 in red; number moves its shade. */
export function madePicture(kind: number, number: number): AlbumPicture {
  const pixels = new Uint8Array(keptBytes);
  for (let at = 0; at < keptBytes; at++) {
    const place = Math.floor(at / 3);
    const [row, column, channel] = [Math.floor(place / keptSide), place % keptSide, at % 3];
    const lit = [column < 32, row < 32, channel === 0][kind % 3];
    pixels[at] = (lit ? 200 : 20) + ((number * 7 + at) % 40);
  }
  return keepPicture(pixels);
}

/** Classes "kind 1", "kind 2", … of so many pictures. */
export function madeAlbum(...counts: readonly number[]): Album {
  return counts.map((count, kind) => ({
    name: `kind ${kind + 1}`,
    pictures: Array.from({ length: count }, (_, number) => madePicture(kind, number)),
  }));
}

/** The album's file in one piece. */
export function albumBytes(album: Album): Uint8Array {
  const pieces = albumPieces(album);
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

export const albumSource = (album: Album) => memorySource({ "ours.album": albumBytes(album) });

/** The album's file in the first form, which carried no check sums of files. */
export function formerAlbum(album: Album): Uint8Array {
  const classes = album.map(({ name, pictures }) => ({ name, pictures: pictures.length }));
  const header = new TextEncoder().encode(JSON.stringify({ side: keptSide, classes }));
  const words = (...values: readonly number[]) => {
    const bytes = new DataView(new ArrayBuffer(4 * values.length));
    values.forEach((value, place) => {
      bytes.setUint32(4 * place, value);
    });
    return new Uint8Array(bytes.buffer);
  };
  const sums = album.map(({ pictures }) =>
    words(pictures.length, ...pictures.map(({ sum }) => sum)),
  );
  return concatenate(
    new TextEncoder().encode("RPALBUM1"),
    words(header.length),
    header,
    ...album.flatMap(({ pictures }) => pictures.map(({ pixels }) => pixels)),
    words(checkSum(concatenate(header, ...sums))),
  );
}
