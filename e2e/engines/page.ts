// One page in any browser engine: what a person does there and what a test reads, by role and name as testing-library finds them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";

/** What is looked for. Names and labels given as text must match whole; one element must match, or `nth` says which. */
export type Target = (
  | { readonly role: string; readonly name?: string | RegExp }
  | { readonly testId: string }
  | { readonly label: string | RegExp }
  | { readonly css: string }
) & { readonly nth?: number };

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Opening {
  /** Where the page is served. */
  readonly address: string;
  /** What localStorage holds before the page's first script, unless it is there already. */
  readonly storage?: Readonly<Record<string, string>>;
  readonly scheme?: "light" | "dark";
  readonly size?: Size;
}

/** A browser that is running. */
export interface Engine {
  /** Such as "Firefox 153.0". */
  readonly version: string;
  /** A page of its own, without anything that another one has stored. */
  open(opening: Opening): Promise<EnginePage>;
  close(): Promise<void>;
}

/** How often a condition is looked at. */
const pollMilliseconds = 50;
const patience = 30_000;

const require = createRequire(import.meta.url);
const testingLibrary = readFileSync(
  require.resolve("@testing-library/dom/dist/@testing-library/dom.umd.min.js"),
  "utf8",
);

/** @typeParam Handle how the driver names an element */
export abstract class EnginePage<Handle = unknown> {
  /** Opens an address relative to where the page is served. */
  abstract goto(address: string): Promise<void>;
  abstract reload(): Promise<void>;
  /** Presses a key, such as "Space", "ArrowRight" or "Shift+Tab". */
  abstract press(key: string): Promise<void>;
  /** Makes the window's inside as large as said. */
  abstract resize(size: Size): Promise<void>;
  /** Writes what the window shows into a PNG file. */
  abstract screenshot(path: string): Promise<void>;
  /** Errors that nothing caught, rejected promises that nothing waited for, and errors on the console. */
  abstract problems(): Promise<readonly string[]>;
  abstract close(): Promise<void>;

  /** The value of an expression in the page, copied; a promise is waited for. */
  protected abstract compute(expression: string): Promise<unknown>;
  /** The element that an expression stands for, or null where it stands for anything else. */
  protected abstract element(expression: string): Promise<Handle | null>;
  /** @param from pixels from the element's upper left corner; its middle by default */
  protected abstract clickOn(handle: Handle, from?: Point): Promise<void>;
  protected abstract write(text: string): Promise<void>;
  protected abstract choose(handle: Handle, paths: readonly string[]): Promise<void>;

  /** Runs a function in the page; it must not refer to anything around it. What it takes and returns is copied. */
  evaluate<Parameters extends unknown[], Value>(
    body: (...parameters: Parameters) => Value,
    ...parameters: Parameters
  ): Promise<Awaited<Value>> {
    return this.compute(call(body, ...parameters)) as Promise<Awaited<Value>>;
  }

  /** Waits until a function in the page returns something true, and returns that. @param what for the message */
  async waitFor<Parameters extends unknown[], Value>(
    what: string,
    body: (...parameters: Parameters) => Value,
    ...parameters: Parameters
  ): Promise<Awaited<Value>> {
    let problem = "";
    for (const end = Date.now() + patience; Date.now() < end; await pause(pollMilliseconds)) {
      try {
        const value = await this.evaluate(body, ...parameters);
        if (value) return value;
        problem = "";
      } catch (error) {
        // The page may be on its way to another address.
        problem = ` (${error instanceof Error ? error.message : String(error)})`;
      }
    }
    throw new Error(
      `Waited ${patience / 1000} s in vain for ${what}${problem}. ${await this.shown()}`,
    );
  }

  /** Clicks once the element is there, visible and enabled; a hidden radio or checkbox through its label, as a person would. */
  async click(target: Target): Promise<void> {
    await this.clickOn(await this.find(target, "usable"));
  }

  /** Clicks at shares of an element's width and height. */
  async clickAt(target: Target, across: number, down: number): Promise<void> {
    const handle = await this.find(target, "usable");
    const [width, height] = (await this.compute(
      `(({ offsetWidth, offsetHeight }) => [offsetWidth, offsetHeight])(${call(locate, portable(target), "any")})`,
    )) as [number, number];
    await this.clickOn(handle, { x: Math.round(across * width), y: Math.round(down * height) });
  }

  /** Puts a text in the place of what an entry holds, by keys. */
  async type(target: Target, text: string): Promise<void> {
    await this.clickOn(await this.find(target, "usable"));
    await this.evaluate(() => (document.activeElement as HTMLInputElement).select());
    await this.write(text);
  }

  async upload(target: Target, paths: readonly string[]): Promise<void> {
    await this.choose(await this.find(target, "any"), paths);
  }

  /** Lets files fall onto an element, as from the desktop. */
  async drop(target: Target, paths: readonly string[]): Promise<void> {
    const files = paths.map((path) => [basename(path), readFileSync(path).toString("base64")]);
    await this.find(target, "any");
    await this.compute(
      `(${letFall})(${call(locate, portable(target), "any")}, ${JSON.stringify(files)})`,
    );
  }

  /** The text of an element, as it is seen. */
  text(target: Target): Promise<string> {
    return this.property(target, "innerText");
  }

  /** A property of an element, as text. */
  async property(target: Target, name: string): Promise<string> {
    await this.find(target, "any");
    return String(
      await this.compute(`${call(locate, portable(target), "any")}[${JSON.stringify(name)}]`),
    );
  }

  /** How many there are to be seen. */
  async count(target: Target): Promise<number> {
    await this.equip();
    return Number(await this.evaluate(locate, portable(target), "count"));
  }

  /** What the page hands over as a file when an element is clicked; nothing is written to the disk. */
  async saved(target: Target): Promise<string> {
    await this.evaluate(() => {
      const page = globalThis as unknown as { saved?: Promise<string> };
      delete page.saved;
      const make = URL.createObjectURL;
      URL.createObjectURL = (content) => {
        page.saved = (content as Blob).text();
        return make.call(URL, content);
      };
      const click = HTMLAnchorElement.prototype.click;
      HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
        if (!this.download) return click.call(this);
        URL.createObjectURL = make;
        HTMLAnchorElement.prototype.click = click;
      };
    });
    await this.click(target);
    return this.waitFor(
      "a file to be saved",
      () => (globalThis as unknown as { saved?: Promise<string> }).saved ?? "",
    );
  }

  private async find(target: Target, wanted: "usable" | "any"): Promise<Handle> {
    for (const end = Date.now() + patience; Date.now() < end; await pause(pollMilliseconds)) {
      await this.equip();
      const found = await this.element(call(locate, portable(target), wanted));
      if (found) return found;
    }
    const count = await this.count(target);
    throw new Error(
      `Expected one element with ${describe(target)} that can be used; ${count} can be seen. ${await this.shown()}`,
    );
  }

  private async equip(): Promise<void> {
    if (!(await this.evaluate(() => "TestingLibraryDom" in globalThis)))
      await this.compute(`(() => { ${testingLibrary} })()`);
  }

  private async shown(): Promise<string> {
    return `The page shows:\n${await this.evaluate(() => document.body.innerText.slice(0, 600))}`;
  }
}

/** A call as an expression: its parameters as JSON. */
function call<Parameters extends unknown[]>(
  body: (...parameters: Parameters) => unknown,
  ...parameters: Parameters
): string {
  return `(${body})(...${JSON.stringify(parameters)})`;
}

/** Runs in the page. */
function letFall(element: Element, files: readonly (readonly [string, string])[]): void {
  const transfer = new DataTransfer();
  for (const [name, base64] of files) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name));
  }
  const event = { dataTransfer: transfer, bubbles: true, cancelable: true };
  for (const type of ["dragenter", "dragover", "drop"])
    element.dispatchEvent(new DragEvent(type, event));
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

interface PortablePattern {
  readonly source: string;
  readonly flags: string;
}

interface PortableTarget {
  readonly role?: string;
  readonly name?: string | PortablePattern;
  readonly label?: string | PortablePattern;
  readonly testId?: string;
  readonly css?: string;
  readonly nth?: number;
}

/** A target as it can be handed to the page. */
function portable(target: Target): PortableTarget {
  const plain = ([key, value]: [string, unknown]) => [
    key,
    value instanceof RegExp ? { source: value.source, flags: value.flags } : value,
  ];
  return Object.fromEntries(Object.entries(target).map(plain));
}

function describe(target: Target): string {
  return Object.entries(target)
    .map(([key, value]) => `${key} ${value instanceof RegExp ? value : JSON.stringify(value)}`)
    .join(", ");
}

/** Runs in the page: the one element that is meant, 0 where there is none or it cannot be used yet, or how many are seen. */
function locate(target: PortableTarget, wanted: "usable" | "any" | "count"): HTMLElement | number {
  const { queryAllByRole, queryAllByTestId, queryAllByLabelText } = (
    globalThis as unknown as { TestingLibraryDom: typeof import("@testing-library/dom") }
  ).TestingLibraryDom;
  const matcher = (wanted?: string | PortablePattern) =>
    typeof wanted === "object" ? new RegExp(wanted.source, wanted.flags) : (wanted as string);
  const candidates = (): HTMLElement[] => {
    const { body } = document;
    if (target.testId) return queryAllByTestId(body, target.testId);
    if (target.label) return queryAllByLabelText(body, matcher(target.label));
    if (target.css) return [...document.querySelectorAll<HTMLElement>(target.css)];
    const name = target.name === undefined ? {} : { name: matcher(target.name) };
    return queryAllByRole(body, target.role as string, name);
  };
  const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  const found = wanted === "any" ? candidates() : candidates().filter(visible);
  if (wanted === "count") return found.length;
  if (target.nth === undefined && found.length > 1) return 0;
  const element = found[target.nth ?? 0];
  if (!element || wanted === "any") return element ?? 0;
  if ((element as HTMLButtonElement).disabled) return 0;
  const input = element as HTMLInputElement;
  const hidden = input.type === "radio" || input.type === "checkbox";
  const pressed = (hidden ? input.labels?.[0] : null) ?? element;
  // Nothing may lie over its middle; where something does, it may be clear in the middle of the window.
  for (const place of ["nearest", "center"] as const) {
    pressed.scrollIntoView({ block: place, inline: place, behavior: "instant" });
    const { left, top, width, height } = pressed.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    if (hit && pressed.contains(hit)) return pressed;
  }
  return 0;
}
