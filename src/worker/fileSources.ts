// Where the worker looks for the files of a data set, in order: given files, the browser's cache, the site, the public address.
import {
  type FileSource,
  filesFromList,
  filesFromPublicAddress,
  filesFromStore,
  filesFromUrl,
  isPictureKind,
  openPieceStore,
  pictureSets,
} from "../data";

export interface FilePlaces {
  /** Files that were dropped or chosen: they win over everything else. */
  readonly files: readonly File[];
  /** Address of the site's folder with data files, ending in "/". */
  readonly datasetsUrl: string;
  /** Address of published files, ending in "/"; null where nothing may be asked of the network. */
  readonly publicAddress: string | null;
  /** Told in words what is waited for. */
  readonly onWaiting: (what: string) => void;
}

/** @param kind of data; sets that are not read from files have no sources */
export async function fileSources(
  kind: string,
  { files, datasetsUrl, publicAddress, onWaiting }: FilePlaces,
): Promise<FileSource[]> {
  const given = files.length > 0 ? [filesFromList(files)] : [];
  if (!isPictureKind(kind)) return given;
  const { folder } = pictureSets[kind];
  const store = publicAddress === null ? null : await openPieceStore(folder);
  const pause = (milliseconds: number) => {
    onWaiting("Waiting for the network");
    return new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  };
  const surroundings = {
    store,
    pause,
    fetch: (address: string, options: RequestInit) => {
      onWaiting(`Waiting for ${new URL(address).host}`);
      return fetch(address, options);
    },
  };
  return [
    ...given,
    ...(store ? [filesFromStore(store)] : []),
    filesFromUrl(new URL(`${folder}/`, datasetsUrl).href),
    ...(publicAddress === null ? [] : [filesFromPublicAddress(publicAddress, surroundings)]),
  ];
}
