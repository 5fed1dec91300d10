// Images: which classes the page would make of a folder, a zip archive, an .album or a single file, and what it refuses.
import { albumFingerprint, albumLacking, countPictures } from "../../data/album/album";
import { refusalText } from "../../data/album/judge";
import { albumRemarks, readRemarks } from "../../data/album/remarks";
import { defaultExperiment } from "../../experiment/schema";
import { InputError } from "../errors";
import { countedText, imagesAt } from "../images";
import { type Found, type Inspector, printRemarks } from "./kinds";

interface FoundPictures extends Found {
  readonly kind: "pictures";
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly refused: readonly { readonly file: string; readonly why: string }[];
}

export const inspector: Inspector<FoundPictures> = {
  async inspect(argument) {
    const { album, refused, read, counted } = await imagesAt(argument);
    const total = countPictures(album);
    if (total === 0 && refused.length === 0)
      throw new InputError(`${argument}: there is no image in it.`);
    const remarks = [
      ...readRemarks(read, Number(defaultExperiment.data.albumSide)),
      ...albumRemarks(album),
    ];
    if (counted.size > 0) {
      remarks.push(
        `${countedText(counted)}: judged by the bytes and counted. Decoding is the page's part, which also notices images of one colour.`,
      );
    }
    if (total > 1) {
      const lacking = albumLacking(album);
      if (lacking) remarks.push(lacking);
      remarks.push(`Check sum of the images: ${albumFingerprint(album)} (album=… in a link).`);
    }
    return {
      kind: "pictures",
      classes: album.map(({ name, pictures }) => ({ name, count: pictures.length })),
      refused: refused.map((one) => ({ file: one.file, why: refusalText(one) })),
      remarks,
    };
  },
  unreadable({ classes, refused }) {
    if (classes.some(({ count }) => count > 0)) return null;
    return refused.map(({ file, why }) => `${file} ${why}`).join("\n");
  },
  print({ classes, refused, remarks }, argument) {
    const lines = [
      `Images: ${argument}`,
      ...classes.map(({ name, count }) => `  ${name}: ${count}`),
      ...(refused.length > 0 ? [`Refused: ${refused.length}`] : []),
      ...refused.map(({ file, why }) => `  ${file} ${why}`),
    ];
    return lines.join("\n") + printRemarks(remarks);
  },
};
