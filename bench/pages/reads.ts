// Counts the bytes that come back from a graphics card, whoever asks for them: it watches the browser's own functions.

type Method = (this: unknown, ...values: unknown[]) => unknown;

/** A function that brings values back, and how many bytes a call of it brings. */
interface Reader {
  readonly prototype: object | undefined;
  readonly name: string;
  bytes(self: unknown, values: readonly unknown[], result: unknown): number;
}

const mapRead = 1;

function readers(): readonly Reader[] {
  const context = globalThis.WebGL2RenderingContext?.prototype;
  const buffer = (globalThis as { GPUBuffer?: { prototype: object } }).GPUBuffer?.prototype;
  const view = (value: unknown) => (ArrayBuffer.isView(value) ? value.byteLength : 0);
  return [
    {
      prototype: context,
      name: "getBufferSubData",
      bytes: (_self, values) => view(values[2]),
    },
    // Into a buffer of the card, the last value is an offset: nothing comes back.
    { prototype: context, name: "readPixels", bytes: (_self, values) => view(values[6]) },
    {
      prototype: buffer,
      name: "getMappedRange",
      bytes: (self, _values, result) =>
        (self as { usage: number }).usage & mapRead ? (result as ArrayBuffer).byteLength : 0,
    },
  ];
}

/** Runs the work once. @returns its result and the bytes that it had read back. */
export async function countReadBytes<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly bytes: number }> {
  let bytes = 0;
  const restore: (() => void)[] = [];
  for (const reader of readers()) {
    const holder = reader.prototype as Record<string, Method> | undefined;
    const original = holder?.[reader.name];
    if (!holder || !original) continue;
    holder[reader.name] = function (this: unknown, ...values) {
      const result = original.apply(this, values);
      bytes += reader.bytes(this, values, result);
      return result;
    };
    restore.push(() => {
      holder[reader.name] = original;
    });
  }
  try {
    return { result: await work(), bytes };
  } finally {
    for (const back of restore) back();
  }
}
