// Gives Node a graphics device through the npm package `webgpu` (Dawn), which is installed by hand where there is one to measure.

/** What the package exports. */
interface NodeWebgpu {
  readonly create: (flags: readonly string[]) => GPU;
  readonly globals: Readonly<Record<string, unknown>>;
}

/** Where it looks for a device: the package is not among this project's own. */
const packageName = "webgpu";

export class NoDeviceError extends Error {
  override readonly name = "NoDeviceError";
}

/** Vendor, architecture and description of an adapter, as far as it gives them. */
export function adapterName({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  return [vendor, architecture, device, description].filter(Boolean).join(" ");
}

/**
 * Puts `navigator.gpu` and WebGPU's classes where a browser has them.
 * @returns name of the adapter. @throws NoDeviceError where the package or an adapter is missing; the message says what to do.
 */
export async function provideDevice(): Promise<{ name: string; software: boolean }> {
  let held: NodeWebgpu;
  try {
    held = (await import(packageName)) as NodeWebgpu;
  } catch {
    throw new NoDeviceError(
      "The package webgpu is not installed. Install it beside the others with: npm install --no-save webgpu",
    );
  }
  Object.assign(globalThis, held.globals);
  const gpu = held.create([]);
  if (!globalThis.navigator) {
    // Libraries look for known browsers in these.
    const value = { userAgent: `Node.js/${process.versions.node}`, platform: process.platform };
    Object.defineProperty(globalThis, "navigator", { value });
  }
  Object.defineProperty(globalThis.navigator, "gpu", { value: gpu, configurable: true });
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    throw new NoDeviceError("This machine offers Node no graphics card through WebGPU (Dawn).");
  }
  return { name: adapterName(adapter.info), software: adapter.info.isFallbackAdapter };
}
