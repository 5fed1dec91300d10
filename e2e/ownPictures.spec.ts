// A learner's own images: sorted into named classes, learned from, kept by the browser, passed on as a file, asked for by a link.
import { mkdirSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { makeGif } from "../src/data/album/madeImages";
import { expectAccessible } from "./checks";
import { Playground } from "./playground";

const link =
  "v=1;data=ownPictures;wrong=0;side=16;family=cnn;blocks=8;head=mean;hidden=none;opt=adam;rate=3e-2;batch=8;epochs=15";

interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Pictures drawn by the page: a disc of a colour on a ground that changes from one to the next. */
async function drawn(page: Page, colour: string, count: number): Promise<Upload[]> {
  const addresses = await page.evaluate(
    ([colour, count]) =>
      Array.from({ length: count as number }, (_, number) => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [90 + 7 * number, 60];
        const context = canvas.getContext("2d") as CanvasRenderingContext2D;
        context.fillStyle = `hsl(0 0% ${10 + 9 * number}%)`;
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.fillStyle = colour as string;
        context.beginPath();
        context.arc(canvas.width / 2, 30, 18 + number, 0, 7);
        context.fill();
        return canvas.toDataURL(["image/png", "image/jpeg", "image/webp"][number % 3]);
      }),
    [colour, count] as const,
  );
  return addresses.map((address, number) => {
    const [, mimeType, ending] = /^data:(image\/(\w+));/.exec(address) as unknown as string[];
    const name = `${colour}${number}.${ending}`;
    const buffer = Buffer.from(address.split(",")[1] as string, "base64");
    return { name, mimeType: mimeType as string, buffer };
  });
}

/** The two formats that canvases do not write. */
const gif = Buffer.from(makeGif(12, [[0, 2]]));
const bmp = Buffer.alloc(54 + 12 * 36);
bmp.write("BM");
for (const [value, at] of [
  [bmp.length, 2],
  [54, 10],
  [40, 14],
  [12, 18],
  [12, 22],
] as const)
  bmp.writeUInt32LE(value, at);
bmp.writeUInt16LE(1, 26);
bmp.writeUInt16LE(24, 28);
bmp.fill(90, 54, 300);

/** Waits until the browser has so many pictures on its disk and the link means them. */
async function kept(page: Page, count: number): Promise<void> {
  const bytes = 64 * 64 * 3;
  const stored = () =>
    page.evaluate(
      () =>
        new Promise<number>((done) => {
          const opening = indexedDB.open("regularization-playground-pictures");
          opening.onsuccess = () => {
            const database = opening.result;
            const finish = (size: number) => {
              database.close();
              done(size);
            };
            if (!database.objectStoreNames.contains("albums")) return finish(0);
            const request = database.transaction("albums").objectStore("albums").get("own");
            request.onsuccess = () => finish((request.result as ArrayBuffer)?.byteLength ?? 0);
          };
        }),
    );
  await expect.poll(stored).toBeGreaterThanOrEqual(count * bytes);
  // Longer than the link waits for further changes.
  await page.waitForTimeout(500);
}

/** Lets files fall onto something, as from the desktop. */
async function drop(page: Page, selector: string, files: readonly Upload[]): Promise<void> {
  const transfer = await page.evaluateHandle(
    (held) => {
      const made = new DataTransfer();
      for (const { name, mimeType, base64 } of held) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        made.items.add(new File([bytes], name, { type: mimeType }));
      }
      return made;
    },
    files.map(({ name, mimeType, buffer }) => ({
      name,
      mimeType,
      base64: buffer.toString("base64"),
    })),
  );
  await page.dispatchEvent(selector, "dragover", { dataTransfer: transfer });
  await expect(page.getByTestId("drop-hint")).toContainText("Drop pictures onto their class");
  await page.dispatchEvent(selector, "drop", { dataTransfer: transfer });
}

const state = (page: Page) => page.getByTestId("pictures-message");
const problem = (page: Page) => page.getByRole("alert").first();

async function begin(page: Page): Promise<Playground> {
  const playground = new Playground(page);
  await page.addInitScript(() => {
    localStorage.setItem("regularization-playground.backend", "wasm");
    localStorage.setItem("regularization-playground.speed", "full");
  });
  await page.goto(`./#${link}`);
  await expect(state(page)).toContainText(
    "No images yet. Every class needs at least 5 different images",
  );
  return playground;
}

test("pictures are sorted into classes, learned from, kept and passed on", async ({ page }) => {
  const playground = await begin(page);
  await page.getByLabel("Image files for class 1").setInputFiles(await drawn(page, "red", 8));
  await expect(state(page)).toContainText('"class 2" is empty: add 5 or remove the class');
  await page.getByLabel("Name of class 1").fill("red  discs");
  await page.getByLabel("Name of class 1").press("Enter");
  await page.getByLabel("Name of class 2").fill("Red discs");
  await page.getByLabel("Name of class 2").press("Enter");
  await expect(problem(page)).toHaveText(
    'There is a class "red discs" already: choose another name.',
  );
  await page.getByLabel("Name of class 2").fill("blue");
  await page.getByLabel("Name of class 2").press("Tab");
  const blue = await drawn(page, "blue", 9);
  await drop(page, "[data-picture-class='1']", blue.slice(0, 8));
  await expect(state(page)).toContainText("16 images: 12 train, 2 validate, 2 test");
  await drop(page, "main", blue.slice(8));
  await expect(problem(page)).toContainText("blue8.webp lies in no folder");

  await expect(page).toHaveURL(/album=[\d.e]+/);
  await playground.ready();
  await playground.trainToEnd();
  expect((await playground.column("validation_accuracy")).at(-1)).toBe(1);

  // Everything that there is for pictures is there for these.
  await playground.tab("classes").click();
  await expect(page.getByTestId("classes")).toContainText("red discs");
  await expect(page.getByTestId("classes").locator("canvas")).toHaveCount(12);
  await playground.tab("confusion").click();
  await page.getByRole("button", { name: /“blue” recognized/ }).click();
  await expect(page.getByTestId("found")).toContainText("blue, said to be blue");
  await expect(page.getByTestId("found").locator("canvas").first()).toBeVisible();
  await playground.tab("drift").click();
  await page.getByRole("button", { name: "Test on corrupted pictures" }).click();
  await expect(page.getByTestId("drift-versions").getByRole("button")).toHaveCount(12);

  // A single picture goes with a click and comes back; the keyboard goes from one to the next.
  await playground.tab("yours").click();
  await page.getByRole("button", { name: "Remove image 1 of blue" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(state(page)).toContainText("15 images");
  await expect(page.getByRole("button", { name: "Remove image 2 of blue" })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(state(page)).toContainText("14 images");
  await expect(page.getByRole("button", { name: "Remove image 2 of blue" })).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(state(page)).toContainText("15 images");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(state(page)).toContainText("16 images");

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const album = readFileSync(await (await saved).path());

  // Another name changes nothing that is learned, so the address and the run stay.
  await playground.ready();
  await playground.trainToEnd();
  const address = page.url();
  await page.getByLabel("Name of class 2").fill("sky");
  await page.getByLabel("Name of class 2").press("Enter");
  await playground.tab("classes").click();
  await expect(page.getByTestId("classes")).toContainText("sky");
  await expect(playground.train).toHaveText(/Train again/);

  await page.reload();
  await expect(state(page)).toContainText("16 images");
  await expect(page.getByLabel("Name of class 2")).toHaveValue("sky");
  await playground.ready();
  await playground.trainToEnd();
  expect(page.url()).toBe(address);

  // Somebody else opens the link: nothing but the check sum came with it.
  await page.evaluate(
    () =>
      new Promise((done) => {
        const request = indexedDB.deleteDatabase("regularization-playground-pictures");
        request.onsuccess = done;
      }),
  );
  await page.reload();
  await expect(problem(page)).toContainText(
    /images with check sum \d+.*Load their \.album file or the same folder/,
  );
  const chooser = page.getByLabel("Zip archive or saved .album file");
  const damaged = Buffer.from(album.subarray(0, album.length - 900));
  await chooser.setInputFiles({ name: "cut.album", mimeType: "", buffer: damaged });
  await expect(page.getByText(/^cut\.album, byte \d+ .*expected .*, found/)).toBeVisible();
  await chooser.setInputFiles({ name: "pictures.album", mimeType: "", buffer: album });
  await expect(state(page)).toContainText("16 images");
  await playground.trainToEnd();
  expect(page.url()).toBe(address);
  playground.expectNoErrors();
});

/** The first bytes of a PNG of a size, and nothing else. */
function claiming(side: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  bytes.writeUInt32BE(side, 16);
  bytes.writeUInt32BE(side, 20);
  return bytes;
}

test("folders bring their classes; what cannot be read is named and the rest stays; reading can be ended", async ({
  page,
}) => {
  const playground = await begin(page);
  const folder = join(mkdtempSync(join(tmpdir(), "playground-")), "discs");
  for (const colour of ["green", "orange", "purple"]) {
    mkdirSync(join(folder, colour), { recursive: true });
    for (const { name, buffer } of await drawn(page, colour, 5))
      writeFileSync(join(folder, colour, name), buffer);
  }
  writeFileSync(join(folder, "green", ".DS_Store"), "clutter");
  writeFileSync(join(folder, "green", "notes.txt"), "no picture");
  await page.getByLabel("Folder of class folders").setInputFiles(folder);
  await expect(state(page)).toContainText("15 images: 9 train, 3 validate, 3 test");
  await expect(problem(page)).toContainText("notes.txt is a text file, not an image");
  await expect(page.getByLabel("Name of class 3")).toHaveValue("purple");
  await expect(page).toHaveURL(/kinds=3/);

  const wrong = (name: string, content: Buffer) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const heavy = wrong("heavy.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
  truncateSync(heavy, 30_000_001);
  const [more] = await drawn(page, "green", 1);
  const mixed = [
    wrong("huge.png", claiming(9000)),
    heavy,
    wrong("none.gif", Buffer.alloc(0)),
    wrong("more.png", (more as Upload).buffer),
    wrong("one.gif", gif),
    wrong("four.bmp", bmp),
  ];
  await page.getByLabel("Image files for green").setInputFiles(mixed);
  await expect(state(page)).toContainText("18 images");
  await expect(problem(page)).toContainText(
    "huge.png is 9000×9000 pixels (81 megapixels): at most 67 megapixels",
  );
  await expect(problem(page)).toContainText("heavy.jpg has 30.0 MB: at most 30 MB are read");
  await expect(problem(page)).toContainText("none.gif is empty (0 bytes)");
  await page.getByRole("button", { name: "Close the messages" }).click();

  const [one] = await drawn(page, "orange", 1);
  const many = Array.from({ length: 400 }, (_, number) => ({
    ...(one as Upload),
    name: `${number}.png`,
  }));
  await page.getByLabel("Image files for orange").setInputFiles(many);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(problem(page)).toContainText(/Reading was cancelled: \d+ of 400 images are here/);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(state(page)).toContainText("18 images");

  playground.expectNoErrors();
});

test("everybody can use it; a link to other pictures uses those at hand only when asked to", async ({
  page,
}) => {
  const playground = await begin(page);
  for (const kind of [1, 2]) {
    const files = await drawn(page, ["red", "blue"][kind - 1] as string, 8);
    await page.getByLabel(`Image files for class ${kind}`).setInputFiles(files);
    await expect(
      page.getByRole("button", { name: `Remove image 8 of class ${kind}` }),
    ).toBeVisible();
  }
  await kept(page, 16);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.reload();
    await expect(state(page)).toContainText("16 images");
    await playground.ready();
    await expectAccessible(page, colorScheme);
  }

  // Another link, other pictures than those at hand.
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `${link};album=77`);
  await expect(problem(page)).toContainText(/check sum 77, .* or use your own \(check sum \d+\)/);
  await expect(page).toHaveURL(/album=77/);
  await page.getByRole("button", { name: "Use these images" }).click();
  await expect(state(page)).toContainText("16 images");
  await expect(page).toHaveURL(/album=[\d.e]{5,}/);
  await playground.ready();
  playground.expectNoErrors();
});
