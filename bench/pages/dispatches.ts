// Counts what a library sends to a graphics card, whichever library it is: it watches the browser's own functions.

type Countable = readonly [prototype: object | undefined, name: string];

function countables(): readonly Countable[] {
  const pass = (globalThis as { GPUComputePassEncoder?: { prototype: object } })
    .GPUComputePassEncoder?.prototype;
  const context = globalThis.WebGL2RenderingContext?.prototype;
  return [
    [pass, "dispatchWorkgroups"],
    [pass, "dispatchWorkgroupsIndirect"],
    [context, "drawElements"],
    [context, "drawArrays"],
  ];
}

/** Runs the work once. @returns its result and how many dispatches (WebGPU) and draws (WebGL) it made. */
export async function countCalls<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly calls: number }> {
  let calls = 0;
  const restore: (() => void)[] = [];
  for (const [prototype, name] of countables()) {
    if (!prototype) continue;
    const holder = prototype as Record<string, (...values: unknown[]) => unknown>;
    const original = holder[name];
    if (!original) continue;
    holder[name] = function (this: unknown, ...values) {
      calls++;
      return original.apply(this, values);
    };
    restore.push(() => {
      holder[name] = original;
    });
  }
  try {
    return { result: await work(), calls };
  } finally {
    for (const back of restore) back();
  }
}
